/** The page at /docs: shows the contract of the API. Words become text nodes only. */
import { Contract } from './contract.js';
import { errorsLink, follow, indexOf } from './index-of.js';
import { inline, make, prose, verb } from './words.js';

const $ = (id) => document.getElementById(id);
const main = $('contract');

start();

async function start() {
  try {
    const response = await fetch('/openapi.json', { credentials: 'omit' });
    if (!response.ok) throw new Error('HTTP ' + response.status);
    show(new Contract(await response.json()));
  } catch (trouble) {
    main.replaceChildren(
      make(
        'p',
        'trouble',
        'The contract could not be read (' + trouble.message + '). Load the page again in a moment.',
      ),
    );
  }
  main.setAttribute('aria-busy', 'false');
}

function show(contract) {
  const operations = contract.operations();
  main.replaceChildren(intro(contract));
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
  const phone = matchMedia('(max-width: 56rem)');
  if (phone.matches) $('index').open = false;
  phone.addEventListener('change', () => ($('index').open = !phone.matches));
  follow();
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

function intro(contract) {
  const section = make('section', 'intro');
  section.append(
    make('h1', '', contract.info.title + ' v' + contract.info.version),
    ...prose(contract.info.description),
  );
  return section;
}

function section(contract, operation) {
  const root = make('section', 'operation');
  root.id = operation.operationId;
  const title = make('h3', '', operation.summary);
  title.id = operation.operationId + '-title';
  root.setAttribute('aria-labelledby', title.id);
  const anchor = make('a', 'anchor', '#');
  anchor.href = '#' + operation.operationId;
  anchor.setAttribute('aria-label', 'Link to ' + operation.operationId);
  title.append(anchor);
  const line = make('p', 'call');
  line.append(verb(operation.method), make('code', 'path', operation.path));
  const who = make('p', 'who', 'Who: ' + (operation['x-who'] ?? 'anyone'));
  who.append(make('span', '', operation.needsToken ? 'needs a token' : 'no token needed'));
  root.append(title, line, who, ...prose(operation.description));
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

function fields(contract, schema) {
  const ul = make('ul', 'fields');
  for (const field of contract.fields(schema)) ul.append(row(contract, field));
  return ul;
}

function row(contract, { path, schema, required, place, description }) {
  const li = make('li');
  const head = make('p');
  head.append(
    make('code', 'name', path),
    make('span', 'type', contract.type(schema) + (place ? ', in the ' + place : '')),
  );
  if (required) head.append(make('span', 'must', 'required'));
  li.append(head);
  const limits = contract.limits(schema);
  if (limits) li.append(inline(make('p', 'limits'), limits));
  li.append(...prose(description ?? schema.description));
  return li;
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
  const pre = make('pre', 'json');
  pre.tabIndex = 0;
  pre.append(make('code', '', JSON.stringify(contract.example(media), null, 2)));
  root.append(pre);
}

function problem(contract) {
  const root = make('section', 'operation');
  root.id = 'errors';
  root.append(make('h2', '', 'Errors'), ...prose('Every error is `application/problem+json` with these fields.'));
  root.append(fields(contract, contract.schema('Problem')));
  return root;
}

function shell(line) {
  const root = make('div', 'shell');
  const pre = make('pre');
  const code = make('code', '', line);
  const button = make('button', 'plain', 'Copy');
  button.type = 'button';
  pre.append(code);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(line);
      button.textContent = 'Copied';
    } catch {
      // Without https there is no clipboard; the text is at least selected.
      getSelection().selectAllChildren(code);
      button.textContent = 'Selected';
    }
    $('spoken').textContent = button.textContent + '.';
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  });
  root.append(pre, button);
  return root;
}
