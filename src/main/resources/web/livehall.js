/**
 * The list of live rooms over the push protocol livehall.v1: it connects, follows, checks what it holds, repairs it, and
 * comes back after an outage with what it had. It needs link.js and views.js beside it, and nothing else.
 *
 *   import { Livehall } from '/livehall.js';
 *   const live = new Livehall();
 *   live.on('state', ({ name, inMs }) => say(name, inMs));         // connecting, live, waiting, refused, closed
 *   const hall = live.hall({ sort: 'hot', tag: 'music', limit: 20 }, ({ came, left, changed, counted, moved }) => {
 *     draw(hall.rooms, hall.total);                                 // all of them, in order
 *   });
 *   const room = live.room(id, ({ type }) => draw(room.room, room.closed)); // room, changed, interrupted, resumed, …
 *   live.on('closed', ({ room, reason, summary }) => take(room));  // of rooms followed by room() or watch()
 *   live.watch(idsShownElsewhere);                                  // counters and closes only
 *   hall.close();                                                   // and live.close() for everything
 *
 * Rooms are never changed in place: a room that is another object has other values.
 */
import { Link } from './link.js';
import { HallView, LOST, RoomView } from './views.js';

export { crc32, HallView, LOST, RoomView } from './views.js';

const [FIRST_WAIT_MS, WAIT_MAX_MS] = [1000, 30000];
const BUG_WAIT_MS = 60000;
const SETTLED_MS = 30000;
const WATCH_EVERY_MS = 1000;
const ASK_AGAIN_MS = 2000;
const [BAD_FRAME, BAD_TOKEN, FORBIDDEN] = [4400, 4401, 4403];

export class Livehall {
  /** {name, inMs?, until?, code?}; what is refused is not tried again by itself: it wants another token or page */
  state = { name: 'connecting' };
  #url;
  #configUrl;
  #token;
  #listenersByName = new Map();
  #listenerByView = new Map();
  #watch = { ids: [], sent: '[]', timer: 0 };
  #link = null; // whose word counts
  #next = null; // comes up, and takes over with its welcome
  #old = null; // kept until the next one has the views, or takes back if that fails
  #owed = new Set(); // channels that the link has not answered yet
  #round = 0;
  #failures = 0;
  #timer = 0;
  #online = () => (this.#link ? this.#link.ping() : this.state.name === 'waiting' && this.again());

  /** Without `url` the server is asked for it at each connect. `token` is called at each connect, and by renew(). */
  constructor({ url, configUrl = '/v1/config', token } = {}) {
    this.#url = url;
    this.#configUrl = url ? null : configUrl;
    this.#token = token;
    globalThis.addEventListener?.('online', this.#online);
    this.#connect();
  }

  /** 'state', 'count' [{id, viewers, likes}], 'closed' {room, reason, summary}, 'error' {code, message, retry, ch, room} */
  on(name, listener) {
    const listeners = this.#listenersByName.get(name) ?? new Set();
    this.#listenersByName.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  hall(query, onChange) {
    return this.#follow(new HallView(query), onChange);
  }

  room(id, onNews) {
    return this.#follow(new RoomView(id), onNews);
  }

  /** Replaces what was watched before; the server takes at most 100. */
  watch(ids) {
    this.#watch.ids = [...new Set(ids)].slice(0, 100);
    if (!this.#watch.timer) this.#sendWatch();
  }

  /** Tries at once, also where it was refused. */
  again() {
    if (['waiting', 'refused'].includes(this.state.name)) this.#connect();
  }

  /** Shows the server a fresh token before the old one runs out. */
  async renew() {
    this.#link?.send({ t: 'hello', token: await this.#token?.() });
  }

  close() {
    globalThis.removeEventListener?.('online', this.#online);
    this.#stop();
    this.#become({ name: 'closed' });
    for (const link of [this.#link, this.#next, this.#old]) link?.end();
    this.#listenerByView.clear();
  }

  #follow(view, listener = () => {}) {
    const isShared = () => [...this.#listenerByView.keys()].some((other) => other.ch === view.ch);
    view.close = () => {
      const wasHere = this.#listenerByView.delete(view);
      if (wasHere && !view.isOver && !isShared()) this.#link?.send({ t: 'unsub', ch: view.ch });
    };
    this.#link?.send(isShared() ? { t: 'resync', ch: view.ch } : view.ask());
    this.#listenerByView.set(view, listener);
    return view;
  }

  async #connect() {
    const round = this.#stop();
    if (!this.#link) this.#become({ name: 'connecting' });
    try {
      const [url, token] = await Promise.all([this.#address(), this.#token?.()]);
      if (round !== this.#round) return;
      this.#next = new Link(url, token, this.#hear.bind(this), this.#ended.bind(this));
    } catch {
      if (round === this.#round && !this.#link) this.#failed(null, 1006);
    }
  }

  /** No timer, and no address that is still asked for, brings up a link any more. */
  #stop() {
    clearTimeout(this.#timer);
    return ++this.#round;
  }

  async #address() {
    if (!this.#configUrl) return this.#url;
    try {
      const answer = await fetch(this.#configUrl, { cache: 'no-store', signal: AbortSignal.timeout(8000) });
      this.#url = (await answer.json()).pushUrl ?? this.#url;
    } catch {
      // The last address may still be good, while the server that tells it is not.
    }
    if (!this.#url) throw new Error('No push address');
    return this.#url;
  }

  #hear(link, frame) {
    if (frame.t === 'welcome') return this.#welcomed(link);
    if (frame.t === 'goaway' && link === this.#link) return this.#moveWithin(frame.withinMs);
    // Two links have two lines of deltas; the rest is absolute and true from both.
    if (link !== this.#link && ['snap', 'delta', 'mark'].includes(frame.t)) return;
    for (const [view, listener] of this.#listenerByView) {
      const news = view.take(frame);
      if (news === LOST) link.send({ t: 'resync', ch: view.ch });
      else if (news) tell(listener, news);
    }
    if (frame.t === 'count') this.#emit('count', frame.rooms.map(countOf));
    if (frame.t === 'closed' || frame.t === 'error') this.#emit(frame.t, frame);
    if (frame.t === 'error' && frame.retry) this.#askLater(frame.ch ?? 'room:' + frame.room);
    if (link === this.#link) this.#paid(frame.ch ?? 'room:' + frame.room);
  }

  #welcomed(link) {
    if (link === this.#link) return; // the answer to renew()
    link.wasWelcome = true;
    this.#old?.end();
    this.#old = this.#link;
    this.#link = link;
    this.#next = null;
    this.#askAll();
    this.#watch.sent = '[]';
    this.#sendWatch();
    this.#paid(null);
    if (this.state.name !== 'live') this.#become({ name: 'live' });
  }

  #askAll() {
    this.#owed.clear();
    for (const view of this.#listenerByView.keys()) {
      if (view.isOver || this.#owed.has(view.ch)) continue;
      this.#link.send(view.ask());
      this.#owed.add(view.ch);
    }
  }

  /** Once all views are here, nobody needs the old link. */
  #paid(ch) {
    this.#owed.delete(ch);
    if (this.#old && this.#owed.size === 0) this.#old.end();
  }

  #moveWithin(ms) {
    this.#stop();
    this.#timer = setTimeout(() => this.#connect(), Math.random() * 0.8 * ms);
  }

  /** The end of the old one, or of one that only comes up, leaves the present one as it is. */
  #ended(link, code) {
    const wasFirst = link === this.#link;
    if (this.state.name === 'closed') return;
    if (link === this.#old) this.#old = null;
    else if (link === this.#next) this.#next = null;
    else [this.#link, this.#old] = [this.#old, null];
    if (!this.#link && !this.#next) this.#failed(link, code);
    else if (!this.#link) this.#become({ name: 'connecting' });
    else if (wasFirst) this.#askAll();
  }

  #failed(link, code) {
    this.#stop();
    const ranOut = code === BAD_TOKEN && link?.wasWelcome && this.#token;
    if ([BAD_TOKEN, FORBIDDEN].includes(code) && !ranOut) return this.#become({ name: 'refused', code });
    if (link?.wasWelcome && link.ageMs > SETTLED_MS) this.#failures = 0;
    const span = Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** this.#failures++);
    // Anywhere within the span: those who were cut off together do not come back together.
    const inMs = Math.round(code === BAD_FRAME ? BUG_WAIT_MS * (1 + Math.random()) : Math.random() * span);
    this.#timer = setTimeout(() => this.#connect(), inMs);
    this.#become({ name: 'waiting', inMs, until: Date.now() + inMs, code });
  }

  #askLater(ch) {
    const ask = () => {
      const view = [...this.#listenerByView.keys()].find((one) => one.ch === ch && !one.isOver);
      if (view) this.#link?.send(view.ask());
    };
    setTimeout(ask, ASK_AGAIN_MS * (1 + Math.random()));
  }

  #sendWatch() {
    const sent = JSON.stringify(this.#watch.ids);
    if (!this.#link || sent === this.#watch.sent) return;
    this.#link.send({ t: 'watch', rooms: this.#watch.ids });
    this.#watch.sent = sent;
    clearTimeout(this.#watch.timer);
    this.#watch.timer = setTimeout(() => {
      this.#watch.timer = 0;
      this.#sendWatch();
    }, WATCH_EVERY_MS);
  }

  #become(state) {
    this.state = state;
    this.#emit('state', state);
  }

  #emit(name, news) {
    for (const listener of this.#listenersByName.get(name) ?? []) tell(listener, news);
  }
}

const countOf = ([id, viewers, likes]) => ({ id, viewers, likes });

/** What a listener throws is its own: the next one hears its news all the same. */
function tell(listener, news) {
  try {
    listener(news);
  } catch (fault) {
    (globalThis.reportError ?? console.error)(fault);
  }
}
