/** The page at /: what the server is, whether it is well, and who is live. The feed brings it, the cards show it. */
import { Feed } from './feed.js';
import { Cards } from './cards.js';

const $ = (id) => document.getElementById(id);
const number = new Intl.NumberFormat();
const CHECKS = { postgres: 'PostgreSQL', redis: 'Redis', cluster: 'Cluster', list: 'List' };

let view = viewOfAddress();
let mode = 'simulated';
let shown = 0;
let focusFrom = -1;
let retryAt = 0;
let trouble = '';

const cards = new Cards($('grid'), (tag) => go({ ...view, tag }));
const feed = new Feed({ onList: showList, onStatus: showStatus, onTrouble: showTrouble });

function viewOfAddress() {
  const query = new URLSearchParams(location.search);
  return { sort: query.get('sort') === 'hot' ? 'hot' : 'newest', tag: (query.get('tag') ?? '').slice(0, 64) };
}

function go(next) {
  if (next.sort === view.sort && next.tag === view.tag) return;
  const query = new URLSearchParams();
  if (next.sort !== 'newest') query.set('sort', next.sort);
  if (next.tag) query.set('tag', next.tag);
  history.pushState(null, '', String(query) ? '?' + query : location.pathname);
  enter(next);
}

function enter(next) {
  view = next;
  focusFrom = -1;
  for (const button of document.querySelectorAll('[data-sort]')) {
    button.setAttribute('aria-pressed', String(button.dataset.sort === view.sort));
  }
  const chosen = $('chosen');
  chosen.hidden = !view.tag;
  chosen.replaceChildren();
  if (view.tag) {
    const word = document.createElement('bdi');
    word.textContent = view.tag;
    chosen.append(word);
    chosen.setAttribute('aria-label', 'Tag ' + view.tag + ': show all rooms instead');
  }
  $('grid').setAttribute('aria-busy', 'true');
  feed.look(view.sort, view.tag);
}

function showList({ rooms, total, more }) {
  cards.show(rooms);
  shown = rooms.length;
  $('grid').setAttribute('aria-busy', 'false');
  $('total').textContent = number.format(total);
  document.title = (total > 0 && !view.tag ? '(' + number.format(total) + ') ' : '') + 'Livehall · 直播大厅';
  $('more').hidden = !more;
  $('more').disabled = false;
  showEmpty(rooms.length === 0);
  if (focusFrom >= 0) {
    cards.cardAt(focusFrom)?.focus({ preventScroll: true });
    say('Showing ' + number.format(shown) + ' of ' + number.format(total) + ' rooms.');
    focusFrom = -1;
  }
}

function showEmpty(isEmpty) {
  $('empty').hidden = !isEmpty;
  if (!isEmpty) return;
  const byTag = Boolean(view.tag);
  write($('empty-title'), byTag ? 'Nobody is live with this tag' : 'Nobody is live yet');
  write($('empty-text'), byTag ? 'The next one appears here by itself.' : firstRoomText());
  $('shell').hidden = byTag;
  $('all').hidden = !byTag;
  firstRoomCommands().forEach((line, i) => write($('commands').children[i], line));
}

function firstRoomText() {
  return mode === 'simulated'
    ? 'Open the first room from a terminal. The last command plays the phone that pushes; the room appears here by itself.'
    : 'Open the first room from a terminal, and push a stream to the address in the last answer. The room appears here by itself.';
}

/** Three lines for a POSIX shell: an account, a token, a room (and its stream). */
function firstRoomCommands() {
  const json = "-H 'Content-Type: application/json' -d";
  const account = `'{"userId":"mei","password":"sing-along"}'`;
  const at = location.origin;
  const open = `curl -s ${at}/v1/rooms -H "Authorization: Bearer $TOKEN" ${json} '{"title":"你好 Hello","tags":["music"]}'`;
  return [
    `curl -s ${at}/v1/accounts ${json} ${account}`,
    `TOKEN=$(curl -s ${at}/v1/sessions ${json} ${account} | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`,
    mode === 'simulated'
      ? `STREAM=$(${open} | sed 's#.*"url":"[^"?]*/\\([a-z0-9_]*\\).*#\\1#'); curl -s -X POST ${at}/dev/streams/$STREAM/up`
      : open,
  ];
}

function showStatus(status) {
  const verdict = $('verdict');
  if (!status) {
    verdict.dataset.well = 'false';
    write(verdict, 'No answer from the server');
    for (const row of $('checks').children) row.dataset.well = 'unknown';
    return;
  }
  mode = status.mode ?? mode;
  const word = status.well ? 'All is well' : 'Not all is well';
  if (verdict.dataset.well !== String(Boolean(status.well)) && verdict.dataset.well !== 'unknown') say(word + '.');
  verdict.dataset.well = String(Boolean(status.well));
  write(verdict, word);
  showChecks(status.checks ?? {});
  showFacts(status);
}

function showChecks(checks) {
  const list = $('checks');
  const names = Object.keys(checks);
  while (list.children.length > names.length) list.lastElementChild.remove();
  names.forEach((name, i) => {
    const row = list.children[i] ?? list.appendChild(document.createElement('li'));
    if (row.children.length === 0)
      row.append(...['strong', 'span', 'span'].map((kind) => document.createElement(kind)));
    const [label, state, detail] = row.children;
    row.dataset.well = String(Boolean(checks[name].well));
    state.className = 'unseen';
    write(label, CHECKS[name] ?? name);
    write(state, checks[name].well ? ' is well: ' : ' is not well: ');
    write(detail, String(checks[name].detail ?? ''));
    detail.title = detail.textContent;
  });
}

function showFacts(status) {
  const clouds = { simulated: 'simulated cloud', legacy: 'Tencent Cloud (legacy API)', v3: 'Tencent Cloud' };
  const facts = [
    `${status.name} ${status.version}`,
    `node ${status.node}`,
    clouds[status.mode] ?? status.mode,
    `up since ${new Date(status.startedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}`,
    `log ${status.asOf?.epoch}:${status.asOf?.seq}`,
  ];
  write($('facts'), facts.join(' · '));
}

function showTrouble(news) {
  const was = trouble;
  trouble = news?.text ?? '';
  retryAt = news ? Date.now() + news.inMs : 0;
  $('away').hidden = !news;
  $('grid').classList.toggle('stale', Boolean(news));
  $('more').disabled = false;
  if (news) focusFrom = -1;
  if (trouble && trouble !== was) say(trouble + ' The page keeps trying.');
  if (!trouble && was) say('The server is back.');
  tickTrouble();
}

function tickTrouble() {
  if (!retryAt) return;
  const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
  const kept = shown > 0 ? ' These are the rooms as last heard.' : '';
  write($('away-text'), `${trouble}${kept} ${seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again…'}`);
}

function say(text) {
  $('spoken').textContent = text;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

async function copyCommands() {
  try {
    await navigator.clipboard.writeText(firstRoomCommands().join('\n') + '\n');
    $('copy').textContent = 'Copied';
  } catch {
    // Without https there is no clipboard; the text is at least selected.
    getSelection().selectAllChildren($('commands'));
    $('copy').textContent = 'Selected';
  }
  setTimeout(() => ($('copy').textContent = 'Copy'), 2000);
}

for (const button of document.querySelectorAll('[data-sort]')) {
  button.addEventListener('click', () => go({ ...view, sort: button.dataset.sort }));
}
$('chosen').addEventListener('click', () => go({ ...view, tag: '' }));
$('all').addEventListener('click', () => go({ ...view, tag: '' }));
$('again').addEventListener('click', () => feed.again());
$('copy').addEventListener('click', copyCommands);
$('more').addEventListener('click', () => {
  $('more').disabled = true;
  focusFrom = shown;
  feed.more();
});
addEventListener('popstate', () => enter(viewOfAddress()));
setInterval(() => {
  if (document.hidden) return;
  // What was last heard is not made to look alive.
  if (!trouble) cards.tick();
  tickTrouble();
}, 1000);
enter(view);
