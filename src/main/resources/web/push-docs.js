/** The part of /docs on the push protocol. Words become text nodes only. */
import { card, fields, json } from './docs-parts.js';
import { entriesOf } from './index-of.js';
import { readable } from './push-contract.js';
import { inline, make, prose } from './words.js';

const SAID = { client: 'What a client says', server: 'What the server says' };

export function pushSections(contract) {
  const messages = contract.messages();
  return [
    intro(contract),
    rules(contract),
    ...Object.keys(SAID).map((from) => group(contract, SAID[from], messages, from)),
    room(contract),
  ];
}

export function pushIndex(contract) {
  const rules = contract.sections().map(({ id, title, text }) => ({ id, text: title, words: ['push', title, text] }));
  const messages = contract.messages();
  const said = (from) =>
    messages
      .filter((message) => message.from === from)
      .map(({ id, title, name, summary }) => ({
        id,
        text: title,
        hint: summary,
        words: ['push', name, title, summary],
      }));
  const apart = { id: 'push-schema-room', text: 'Room', words: ['push', 'room', 'fields'] };
  return [
    entriesOf('Push', rules),
    entriesOf('Push: ' + SAID.client.toLowerCase(), said('client')),
    entriesOf('Push: ' + SAID.server.toLowerCase(), [...said('server'), apart]),
  ];
}

function intro(contract) {
  const section = make('section', 'intro part');
  section.id = 'push';
  section.append(make('h1', '', contract.info.title + ' v' + contract.info.version), ...prose(contract.lead));
  return section;
}

function rules(contract) {
  const root = make('section', 'group');
  for (const { id, title, text } of contract.sections()) {
    const part = card(id, 'h2', title);
    part.classList.add('rule');
    part.append(...prose(text));
    if (id === 'push-course-of-a-session') part.append(...talk(contract));
    if (id === 'push-close-codes') part.append(codes(contract.closeCodes));
    root.append(part);
  }
  return root;
}

function talk(contract) {
  const ol = make('ol', 'talk');
  for (const { from, says, frame } of contract.conversation) {
    const li = make('li');
    li.append(make('p', 'from ' + from, from), inline(make('p'), says), frameText(from, frame));
    ol.append(li);
  }
  return [
    make('h3', '', 'An example'),
    ...prose('Rooms are shortened to their ids here; in full they are with the messages.'),
    ol,
  ];
}

function frameText(from, frame) {
  const isRoom = (value) => Boolean(value?.id && value.host);
  const replace = (value) => (isRoom(value) ? `{"id": "${value.id}", …}` : null);
  const pre = make('pre', 'frame ' + from);
  pre.append(make('code', '', readable(frame, { width: 84, replace })));
  return pre;
}

function codes(list) {
  const table = make('table', 'codes');
  const head = table.createTHead().insertRow();
  for (const name of ['Code', 'What it means', 'Reconnect']) {
    const th = make('th', '', name);
    th.scope = 'col';
    head.append(th);
  }
  const body = table.createTBody();
  for (const { code, means, reconnect } of list) {
    const line = body.insertRow();
    const th = make('th');
    th.scope = 'row';
    th.append(make('code', '', String(code)));
    line.append(th, inline(make('td'), means), inline(make('td'), reconnect));
  }
  return table;
}

function group(contract, title, messages, from) {
  const root = make('section', 'group');
  root.append(make('h2', '', title));
  for (const message of messages.filter((m) => m.from === from)) root.append(section(contract, message));
  return root;
}

function section(contract, message) {
  const root = card(message.id, 'h3', message.summary);
  const line = make('p', 'call');
  line.append(make('span', 'verb ' + message.from, message.from + ' says'), make('code', 'path', message.name));
  root.append(line, ...relations(contract, message), ...prose(message.description));
  root.append(make('h4', '', 'Fields'), fields(contract, message.payload));
  if (contract.fields(message.payload).some((field) => contract.type(field.schema).endsWith('Room'))) {
    const link = make('a', '', 'Room');
    link.href = '#push-schema-room';
    const p = make('p', 'soft', 'The fields of a room are under ');
    p.append(link, '.');
    root.append(p);
  }
  root.append(make('h4', '', message.examples.length > 1 ? 'Examples' : 'Example'));
  for (const { summary, payload } of message.examples) {
    root.append(make('p', 'caption', summary), json(readable(payload)));
  }
  if (message['x-worked-hash']) root.append(...workedHash(message['x-worked-hash']));
  return root;
}

function relations(contract, { answeredBy, answers }) {
  const said = [];
  for (const [words, keys] of [
    ['Answered by ', answeredBy],
    ['Answers ', answers],
  ]) {
    if (keys.length === 0) continue;
    const p = make('p', 'who', words);
    keys.forEach((key, i) => {
      const { id, text } = contract.linkOf(key);
      const link = make('a', '', text);
      link.href = '#' + id;
      p.append(i === 0 ? '' : ', ', link);
    });
    said.push(p);
  }
  return said;
}

function workedHash({ text, hash }) {
  const result = inline(make('p'), 'Its CRC-32 is `' + hash + '`.');
  return [
    make('h4', '', 'The hash of the first example'),
    ...prose('The text of the two rooms, each line with a line feed at its end:'),
    json(text),
    result,
  ];
}

function room(contract) {
  const root = card('push-schema-room', 'h2', 'Room');
  root.classList.add('rule');
  const schema = contract.schema('Room');
  root.append(...prose(schema.description), fields(contract, schema));
  root.append(make('h3', '', 'Example'), json(readable(schema.example)));
  return root;
}
