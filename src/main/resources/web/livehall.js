/**
 * The list of live rooms over the push protocol livehall.v1: it connects, follows, checks what it holds, repairs it, and
 * comes back after an outage with what it had. It needs what it imports from beside it, and nothing else.
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
 * With a token one can be in rooms, and like them:
 *
 *   const live = new Livehall({ token: () => signIn() });           // gives {token, expiresInSeconds}, or a token
 *   await live.enter(id, { name: 'Ada' });                          // from here on a viewer, through breaks too
 *   live.on('joined', ({ room, users }) => greet(users));           // and 'left'; of rooms followed by room()
 *   const counted = await live.like(id, 3);                         // fails with {code, message, retry}
 *   live.leave(id);
 *
 * Rooms are never changed in place: a room that is another object has other values.
 */
import { Access } from './access.js';
import { Link } from './link.js';
import { Listeners, tell } from './listeners.js';
import { HallView, LOST, RoomView } from './views.js';
import { Visits } from './visits.js';
import { Watch } from './watch.js';

export { crc32, HallView, LOST, RoomView } from './views.js';

const [FIRST_WAIT_MS, WAIT_MAX_MS] = [1000, 30000];
const [BUG_WAIT_MS, SETTLED_MS, ASK_AGAIN_MS] = [60000, 30000, 2000];
const [BAD_FRAME, BAD_TOKEN, FORBIDDEN] = [4400, 4401, 4403];

export class Livehall {
  /** {name, inMs?, until?, code?}; what is refused is not tried again by itself: it wants another token or page */
  state = { name: 'connecting' };
  #access;
  #listeners = new Listeners();
  #listenerByView = new Map();
  #watch = new Watch((frame) => this.#link?.send(frame));
  #visits = new Visits();
  #link = null; // whose word counts
  #next = null; // comes up, and takes over with its welcome
  #old = null; // kept until the next one has the views, or takes back if that fails
  #owed = new Set(); // channels that the link has not answered yet
  #laterByChannel = new Map();
  #round = 0;
  #failures = 0;
  #timer = 0;
  #online = () => (this.#link ? this.#link.ping() : this.state.name === 'waiting' && this.again());

  /**
   * Without `url` the server is asked for it at each connect. `token` is called at each connect and by renew(), and gives a
   * token, or {token, expiresInSeconds}: then it is renewed in time; or nothing for someone without a name.
   */
  constructor({ url, configUrl, token } = {}) {
    this.#access = new Access({ url, configUrl, token }, () => this.renew().catch(() => {}));
    globalThis.addEventListener?.('online', this.#online);
    this.#connect();
  }

  /**
   * 'state', 'count' [{id, viewers, likes}], 'closed' {room, reason, summary}, 'joined' and 'left' {room, users: [{id, name}]},
   * 'error' {code, message, retry, ch, room}
   */
  on(name, listener) {
    return this.#listeners.add(name, listener);
  }

  hall(query, onChange) {
    return this.#follow(new HallView(query), onChange);
  }

  room(id, onNews) {
    return this.#follow(new RoomView(id), onNews);
  }

  /** Replaces what was watched before; the server takes at most 100. */
  watch(ids) {
    this.#watch.set(ids);
  }

  /**
   * To be a viewer, seen as {name, avatarUrl}, through breaks until leave(). What may go well later is tried again by itself.
   * @returns a promise: true once he is in, false if he left before; it fails with Refused where it makes no sense to wait
   */
  enter(room, user) {
    return this.#visits.enter(room, user);
  }

  leave(room) {
    this.#visits.leave(room);
  }

  /**
   * Gives 1 to 20. Those that come close together go as one; without a connection they fail, nothing is kept for later.
   * @returns a promise of how many were counted; it fails with Refused, RATE_LIMITED for who gives too many
   */
  like(room, n = 1) {
    return this.#visits.like(room, n);
  }

  /** Tries at once, also where it was refused. */
  again() {
    if (['waiting', 'refused'].includes(this.state.name)) this.#connect();
  }

  /** Shows the server a fresh token, before the old one runs out or because there is one now. */
  async renew() {
    const token = await this.#access.token();
    if (token) this.#link?.send({ t: 'hello', token });
  }

  close() {
    globalThis.removeEventListener?.('online', this.#online);
    this.#stop();
    this.#access.stop();
    this.#visits.down();
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
      const [url, token] = await Promise.all([this.#access.address(), this.#access.token()]);
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
    if (frame.t === 'count') this.#listeners.tell('count', frame.rooms.map(countOf));
    this.#visits.take(frame);
    if (['closed', 'joined', 'left', 'error'].includes(frame.t)) this.#listeners.tell(frame.t, frame);
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
    this.#watch.again();
    this.#visits.up(this.#link);
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
    if (!this.#link) this.#visits.down();
    if (!this.#link && !this.#next) this.#failed(link, code);
    else if (!this.#link) this.#become({ name: 'connecting' });
    else if (wasFirst) this.#askAll();
  }

  #failed(link, code) {
    this.#stop();
    const ranOut = code === BAD_TOKEN && link?.wasWelcome && this.#access.hasTokens;
    if ([BAD_TOKEN, FORBIDDEN].includes(code) && !ranOut) return this.#become({ name: 'refused', code });
    if (link?.wasWelcome && link.ageMs > SETTLED_MS) this.#failures = 0;
    const span = Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** this.#failures++);
    // Anywhere within the span: those who were cut off together do not come back together.
    const inMs = Math.round(code === BAD_FRAME ? BUG_WAIT_MS * (1 + Math.random()) : Math.random() * span);
    this.#timer = setTimeout(() => this.#connect(), inMs);
    this.#become({ name: 'waiting', inMs, until: Date.now() + inMs, code });
  }

  /** An error about a room may be of a like: it does no harm to ask for the room again, once. */
  #askLater(ch) {
    clearTimeout(this.#laterByChannel.get(ch));
    const ask = () => {
      const view = [...this.#listenerByView.keys()].find((one) => one.ch === ch && !one.isOver);
      if (view) this.#link?.send(view.ask());
    };
    this.#laterByChannel.set(ch, setTimeout(ask, ASK_AGAIN_MS * (1 + Math.random())));
  }

  #become(state) {
    this.state = state;
    this.#listeners.tell('state', state);
  }
}

const countOf = ([id, viewers, likes]) => ({ id, viewers, likes });
