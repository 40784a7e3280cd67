/** The index at the side of /docs. */
import { make, verb } from './words.js';

const $ = (id) => document.getElementById(id);

export function indexOf(tag, operations) {
  const group = make('div', 'entries');
  group.append(make('h2', '', tag.name));
  const ul = make('ul');
  for (const operation of operations) {
    const li = make('li');
    const link = make('a');
    link.href = '#' + operation.operationId;
    link.append(verb(operation.method), make('span', '', operation.summary));
    link.title = operation.path;
    li.dataset.words = [operation.method, operation.path, operation.summary, operation.operationId]
      .join(' ')
      .toLowerCase();
    li.append(link);
    ul.append(li);
  }
  group.append(ul);
  return group;
}

export function errorsLink() {
  const link = make('a', 'errors-link', 'Errors');
  link.href = '#errors';
  return link;
}

/** The index follows what is read, filters, and is walked by the arrow keys. */
export function follow() {
  const linkById = new Map([...$('operations').querySelectorAll('a')].map((a) => [a.hash.slice(1), a]));
  const eye = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((e) => e.isIntersecting)) {
        for (const link of linkById.values()) link.removeAttribute('aria-current');
        linkById.get(entry.target.id)?.setAttribute('aria-current', 'true');
      }
    },
    { rootMargin: '-15% 0px -75% 0px' },
  );
  for (const part of document.querySelectorAll('.operation')) eye.observe(part);
  $('operations').addEventListener('click', () => {
    if (matchMedia('(max-width: 56rem)').matches) $('index').open = false;
  });
}

$('filter').addEventListener('input', () => {
  const words = $('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const li of $('operations').querySelectorAll('li'))
    li.hidden = !words.every((word) => li.dataset.words.includes(word));
  for (const group of $('operations').querySelectorAll('.entries'))
    group.hidden = !group.querySelector('li:not([hidden])');
  $('none').hidden = Boolean($('operations').querySelector('li:not([hidden])'));
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inField = event.target === $('filter');
  if (event.key === '/' && !inField) {
    $('index').open = true;
    $('filter').focus();
    event.preventDefault();
  }
  if (!['ArrowDown', 'ArrowUp'].includes(event.key) || !$('index').contains(event.target)) return;
  const links = [...$('operations').querySelectorAll('a')].filter((a) => a.offsetParent);
  const next = links.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
  (links[next] ?? $('filter')).focus();
  event.preventDefault();
});
