/** The page at /: who is live, and with ?room=ID one room. The socket brings it, the cards and the room's page show it. */
import { Cards } from './cards.js';
import { Connection } from './connection.js';
import { Empty } from './empty.js';
import { Guest } from './guest.js';
import { Listing } from './listing.js';
import { Livehall } from './livehall.js';
import { make, own, whole, write } from './look.js';
import { isStill } from './motion.js';
import { RoomPage } from './room.js';
import { Speaker } from './speaker.js';
import { Status } from './status.js';

const NAME = 'Livehall · 直播大厅';
const PAGE_MS = 1000;
const BAD_TOKEN = 4401;
const $ = (id) => document.getElementById(id);

let place = null;
let looked = null;
let scroll = 0;
let rooms = [];
let focusFrom = -1;

const guest = new Guest();
const live = new Livehall({ token: () => (guest.isWanted ? guest.session() : null) });
live.on('state', ({ name, code }) => name === 'refused' && code === BAD_TOKEN && guest.wasRefused() && live.again());
const speaker = new Speaker($('spoken'));
const say = (text) => speaker.say(text);
const go = (next) => travel(next, 'push');
const cards = new Cards($('grid'), (tag) => go({ ...looked, tag, room: '' }));
const listing = new Listing(live, showList);
const empty = new Empty({
  root: $('empty'),
  title: $('empty-title'),
  text: $('empty-text'),
  shell: $('shell'),
  commands: $('commands'),
  copy: $('copy'),
  all: $('all'),
});
const room = new RoomPage({ stage: $('stage'), unknown: $('unknown') }, live, guest, {
  onTag: (tag) => go({ sort: 'newest', tag, room: '' }),
  onTitle: (text) => (document.title = text + ' · Livehall'),
  say,
});
const connection = new Connection(
  live,
  { pill: $('link'), toast: $('away'), text: $('away-text'), again: $('again') },
  { say, onStale: (isStale) => $('main').classList.toggle('stale', isStale) },
);
new Status(
  { panel: $('health'), verdict: $('verdict'), checks: $('checks'), facts: $('facts') },
  { say, onTold: (status) => status?.mode && empty.learn(status.mode) },
);

function placeOfAddress() {
  const query = new URLSearchParams(location.search);
  return {
    sort: query.get('sort') === 'hot' ? 'hot' : 'newest',
    tag: (query.get('tag') ?? '').slice(0, 64),
    room: (query.get('room') ?? '').slice(0, 64),
  };
}

function addressOf({ sort, tag, room }) {
  const query = new URLSearchParams();
  if (room) query.set('room', room);
  if (!room && sort !== 'newest') query.set('sort', sort);
  if (!room && tag) query.set('tag', tag);
  return '/' + (String(query) && '?' + query);
}

/** To another place: pushed by a click, or popped by the browser's own buttons. */
function travel(next, by) {
  const was = place;
  if (was && addressOf(was) === addressOf(next)) return;
  if (by === 'push') history.pushState({ isFromHall: !was.room }, '', addressOf(next));
  if (was && !was.room) scroll = scrollY;
  place = next;
  const isTurn = was && Boolean(was.room) !== Boolean(next.room);
  if (isTurn) turn(next.room || was.room, () => enter(next, by, was));
  else enter(next, by, was);
}

/** From the hall to a room and back the cover stays in sight, where the browser can do that. */
function turn(id, change) {
  if (!document.startViewTransition || isStill()) return change();
  const card = cards.coverOf(id);
  const name = (element, text) => element && (element.style.viewTransitionName = text);
  name(place.room ? card : room.cover, 'cover');
  const transition = document.startViewTransition(() => {
    change();
    name(place.room ? card : room.cover, '');
    name(place.room ? room.cover : cards.coverOf(id), 'cover');
  });
  const clear = () => [card, room.cover, cards.coverOf(id)].forEach((element) => name(element, ''));
  transition.finished.then(clear, clear);
}

function enter(next, by, was) {
  $('hall').hidden = Boolean(next.room);
  $('room').hidden = !next.room;
  if (next.room) {
    room.open(
      next.room,
      rooms.find(({ id }) => id === next.room),
    );
    scrollTo(0, 0);
    if (was) $('room-title').focus({ preventScroll: true });
    return;
  }
  room.close();
  if (looked?.sort !== next.sort || looked?.tag !== next.tag) look(next);
  if (was?.room) scrollTo(0, by === 'pop' ? scroll : 0);
  showTitle();
}

function look({ sort, tag }) {
  looked = { sort, tag };
  focusFrom = -1;
  for (const button of document.querySelectorAll('[data-sort]')) {
    button.setAttribute('aria-pressed', String(button.dataset.sort === sort));
  }
  const chosen = $('chosen');
  chosen.hidden = !tag;
  chosen.replaceChildren();
  make('bdi', '', chosen).textContent = tag;
  chosen.setAttribute('aria-label', `Tag ${tag}: show all rooms instead`);
  $('grid').setAttribute('aria-busy', 'true');
  listing.look(looked);
}

function showList(list) {
  rooms = list.rooms;
  cards.show(rooms, list.isOther);
  $('grid').setAttribute('aria-busy', 'false');
  write($('total'), whole.format(list.total));
  $('total').dataset.total = list.total;
  showTitle();
  if (rooms.length === 0) empty.show(looked.tag);
  else empty.hide();
  $('more').hidden = list.more !== 'yes';
  $('enough').hidden = list.more !== 'enough';
  const [some, all] = [rooms.length, list.total].map((n) => whole.format(n));
  write($('enough'), `These are the first ${some} of ${all} rooms. A tag shows fewer.`);
  if (!list.isOther && place && !place.room) speaker.count(list);
  if (focusFrom >= 0 && rooms.length > focusFrom) {
    cards.cardAt(focusFrom)?.focus({ preventScroll: true });
    say(`Showing ${some} of ${all} rooms.`);
    focusFrom = -1;
  }
}

function showTitle() {
  const total = Number($('total').dataset.total ?? 0);
  if (place && !place.room) document.title = (total > 0 && !looked.tag ? `(${whole.format(total)}) ` : '') + NAME;
}

async function showMore() {
  $('more').disabled = true;
  focusFrom = rooms.length;
  const isThere = await listing.more();
  $('more').disabled = false;
  if (isThere) return;
  focusFrom = -1;
  say('The server did not answer. Please try again.');
}

/** A plain click on a link to this page stays in this document; all others are the browser's. */
function follow(event) {
  const link = event.target.closest?.('a[href^="/"]');
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.defaultPrevented || link.pathname !== '/' || link.hash) return;
  event.preventDefault();
  if (link.dataset.room) return go({ ...looked, room: link.dataset.room });
  // Back to where one came from, with its order, tag and scroll.
  if (place.room && history.state?.isFromHall && link.id !== 'brand') return history.back();
  go({ sort: 'newest', tag: '', room: '' });
}

for (const button of document.querySelectorAll('[data-sort]')) {
  button.addEventListener('click', () => go({ ...looked, sort: button.dataset.sort, room: '' }));
}
for (const id of ['chosen', 'all']) $(id).addEventListener('click', () => go({ ...looked, tag: '', room: '' }));
$('more').addEventListener('click', showMore);
document.addEventListener('click', follow);
addEventListener('popstate', () => travel(placeOfAddress(), 'pop'));
history.scrollRestoration = 'manual';
setInterval(() => {
  if (document.hidden) return;
  connection.tick();
  listing.refresh();
  // What was last heard is not made to look alive.
  if (connection.isStale) return;
  if (place.room) room.tick();
  else cards.tick();
}, PAGE_MS);
travel(placeOfAddress());
