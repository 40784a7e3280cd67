/** The page at /docs: shows the contracts of REST and of push. Words become text nodes only. */
import { Contract } from './contract.js';
import { card, fields, json, row, shell } from './docs-parts.js';
import { entriesOf, errorsLink, follow } from './index-of.js';
import { PushContract } from './push-contract.js';
import { pushIndex, pushSections } from './push-docs.js';
import { inline, make, prose, verb } from './words.js';

const $ = (id) => document.getElementById(id);
const main = $('contract');

start();

async function start() {
  const [rest, push] = await Promise.allSettled([read('/openapi.json'), read('/asyncapi.json')]);
  main.replaceChildren(parts());
  show(rest, 'REST', (document) => showRest(new Contract(document)));
  show(push, 'push', (document) => showPush(new PushContract(document)));
  const phone = matchMedia('(max-width: 56rem)');
  if (phone.matches) $('index').open = false;
  phone.addEventListener('change', () => ($('index').open = !phone.matches));
  follow();
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  main.setAttribute('aria-busy', 'false');
}

async function read(path) {
  const response = await fetch(path, { credentials: 'omit' });
  if (!response.ok) throw new Error('HTTP ' + response.status);
  return response.json();
}

function parts() {
  const p = make('p', 'parts');
  for (const [name, id] of [
    ['REST', 'rest'],
    ['Push', 'push'],
  ]) {
    const link = make('a', '', name);
    link.href = '#' + id;
    p.append(link);
  }
  return p;
}

/** One contract that cannot be shown does not hide the other. */
function show(answer, name, render) {
  try {
    if (answer.status === 'rejected') throw answer.reason;
    render(answer.value);
  } catch (trouble) {
    const text = `The contract of ${name} could not be read (${trouble.message}). Load the page again in a moment.`;
    main.append(make('p', 'trouble', text));
  }
}

function showPush(contract) {
  main.append(...pushSections(contract));
  $('operations').append(...pushIndex(contract));
}

function showRest(contract) {
  const operations = contract.operations();
  main.append(intro(contract));
  for (const tag of contract.tags) {
    const own = operations.filter((operation) => operation.tag === tag.name);
    if (own.length === 0) continue;
    const group = make('section', 'group');
    group.append(make('h2', '', tag.name), ...prose(tag.description));
    for (const operation of own) group.append(section(contract, operation));
    main.append(group);
    $('operations').append(indexOf(tag, own));
  }
  main.append(problem(contract));
  $('operations').append(errorsLink());
}

function intro(contract) {
  const section = make('section', 'intro');
  section.id = 'rest';
  section.append(
    make('h1', '', contract.info.title + ' v' + contract.info.version),
    ...prose(contract.info.description),
  );
  return section;
}

function section(contract, operation) {
  const root = card(operation.operationId, 'h3', operation.summary);
  const line = make('p', 'call');
  line.append(verb(operation.method), make('code', 'path', operation.path));
  const who = make('p', 'who', 'Who: ' + (operation['x-who'] ?? 'anyone'));
  who.append(make('span', '', operation.needsToken ? 'needs a token' : 'no token needed'));
  root.append(line, who, ...prose(operation.description));
  if (operation.parameters.length > 0)
    root.append(make('h4', '', 'Parameters'), parameters(contract, operation.parameters));
  if (operation.body) root.append(make('h4', '', 'Body'), fields(contract, operation.body.schema));
  root.append(make('h4', '', 'Example'), shell(contract.curl(operation, location.origin)));
  root.append(make('h4', '', 'Answers'), ...answers(contract, operation.responses));
  return root;
}

function parameters(contract, list) {
  const ul = make('ul', 'fields');
  for (const p of list) {
    const schema = contract.resolve(p.schema);
    ul.append(
      row(contract, {
        path: p.name,
        schema,
        required: p.required,
        place: p.in,
        description: p.description ?? schema.description,
      }),
    );
  }
  return ul;
}

function answers(contract, responses) {
  return Object.entries(responses).map(([status, node]) => {
    const response = contract.resolve(node);
    const [mediaType, media] = Object.entries(response.content ?? {})[0] ?? [];
    const root = make('details', 'answer');
    const summary = make('summary');
    summary.append(make('code', 'status s' + status[0], status), inline(make('span'), response.description));
    root.append(summary);
    const fill = () => fillAnswer(contract, root, { response, mediaType, media });
    if (status < 300 && media) {
      root.open = true;
      fill();
    } else {
      // Filled when it is opened: most are never looked at.
      root.addEventListener('toggle', fill, { once: true });
    }
    return root;
  });
}

function fillAnswer(contract, root, { response, mediaType, media }) {
  for (const [name, header] of Object.entries(response.headers ?? {})) {
    const p = make('p', 'header');
    p.append(make('code', 'name', name), make('span', '', ' ' + (header.description ?? '')));
    root.append(p);
  }
  if (!media) {
    root.append(make('p', 'soft', 'No body.'));
    return;
  }
  const isProblem = mediaType === 'application/problem+json';
  if (isProblem) {
    const p = make('p', 'soft', mediaType + ', fields under ');
    const link = make('a', '', 'Errors');
    link.href = '#errors';
    p.append(link);
    root.append(p);
  } else {
    root.append(fields(contract, media.schema));
  }
  root.append(json(JSON.stringify(contract.example(media), null, 2)));
}

function problem(contract) {
  const root = make('section', 'operation');
  root.id = 'errors';
  root.append(make('h2', '', 'Errors'), ...prose('Every error is `application/problem+json` with these fields.'));
  root.append(fields(contract, contract.schema('Problem')));
  return root;
}

function indexOf(tag, operations) {
  const entries = operations.map((operation) => ({
    id: operation.operationId,
    text: operation.summary,
    sign: verb(operation.method),
    hint: operation.path,
    words: [operation.method, operation.path, operation.summary, operation.operationId],
  }));
  return entriesOf(tag.name, entries);
}
