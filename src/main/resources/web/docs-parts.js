/** The parts of which both contracts are shown at /docs: headings, fields, JSON, lines to copy. */
import { inline, make, prose } from './words.js';

/** A card with a heading that can be linked to. */
export function card(id, heading, text) {
  const root = make('section', 'operation');
  root.id = id;
  const title = make(heading, '', text);
  title.id = id + '-title';
  root.setAttribute('aria-labelledby', title.id);
  const anchor = make('a', 'anchor', '#');
  anchor.href = '#' + id;
  anchor.setAttribute('aria-label', 'Link to ' + text);
  title.append(anchor);
  root.append(title);
  return root;
}

export function fields(contract, schema) {
  const ul = make('ul', 'fields');
  for (const field of contract.fields(schema)) ul.append(row(contract, field));
  return ul;
}

export function row(contract, { path, schema, required, place, description }) {
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

export function json(text) {
  const pre = make('pre', 'json');
  pre.tabIndex = 0;
  pre.append(make('code', '', text));
  return pre;
}

export function shell(line) {
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
    document.getElementById('spoken').textContent = button.textContent + '.';
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  });
  root.append(pre, button);
  return root;
}
