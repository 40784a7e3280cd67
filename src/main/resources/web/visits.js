/**
 * What a user does in rooms, for livehall.js: he enters, leaves and likes. About each room one question is under way at a
 * time, so that an answer needs no number to be known by. Nothing here knows a socket.
 */
import { AWAY, NO_NUMBER, OVER, Refused, TOO_LATE, TOO_MANY } from './refused.js';

const FRAME_LIKES_MAX = 20;
const WAITING_LIKES_MAX = 100;
/** Taps within so long go as one frame. Who goes on tapping is heard less often, or he would be cut off for his messages. */
const [GATHER_MS, GATHER_MAX_MS, RESTED_MS] = [100, 1000, 2000];
const ANSWER_MS = 8000;
const [AGAIN_MS, AGAIN_MAX_MS] = [2000, 30000];

export class Visits {
  #link = null;
  #visitByRoom = new Map();

  enter(room, user) {
    return this.#visit(room).enter(user);
  }

  leave(room) {
    this.#visitByRoom.get(room)?.leave();
    this.#visitByRoom.delete(room);
  }

  like(room, n) {
    return this.#visit(room).like(n);
  }

  take(frame) {
    this.#visitByRoom.get(frame.room)?.take(frame);
    if (frame.t === 'closed') this.#visitByRoom.delete(frame.room);
  }

  /** A new socket knows nothing of what was said on the last one: who was in a room enters it again. */
  up(link) {
    this.down();
    this.#link = link;
    for (const visit of this.#visitByRoom.values()) visit.up(link);
  }

  down() {
    this.#link = null;
    for (const visit of this.#visitByRoom.values()) visit.down();
  }

  #visit(room) {
    if (!this.#visitByRoom.has(room)) this.#visitByRoom.set(room, new Visit(room, this.#link));
    return this.#visitByRoom.get(room);
  }
}

class Visit {
  #room;
  #link;
  #user = null; // as whom he wants to be in the room
  #entry = null; // who waits for that
  #isIn = false;
  #taps = [];
  #asked = null; // {as} or {taps, counted}
  #pace = GATHER_MS;
  #likedAt = 0;
  #failures = 0;
  #timer = { gather: 0, answer: 0, again: 0 };

  constructor(room, link) {
    this.#room = room;
    this.#link = link;
  }

  enter(user = {}) {
    this.#user = user;
    this.#isIn = false;
    this.#entry ??= promised();
    this.#stop('again');
    this.#next();
    return this.#entry.promise;
  }

  leave() {
    if (this.#user) this.#link?.send({ t: 'leave', room: this.#room });
    this.#entry?.resolve(false);
    this.#forget();
    this.down();
  }

  like(n) {
    if (!this.#link) return Promise.reject(new Refused(AWAY));
    if (!(n >= 1 && n <= FRAME_LIKES_MAX)) return Promise.reject(new Refused(NO_NUMBER));
    if (sum(this.#taps) + n > WAITING_LIKES_MAX) return Promise.reject(new Refused(TOO_MANY));
    const tap = { n, ...promised() };
    this.#taps.push(tap);
    this.#gather();
    return tap.promise;
  }

  up(link) {
    this.#link = link;
    this.#next();
  }

  down() {
    this.#link = null;
    this.#isIn = false;
    for (const name of Object.keys(this.#timer)) this.#stop(name);
    this.#refuseTaps(AWAY);
    this.#asked = null;
  }

  take(frame) {
    const asked = this.#asked;
    if (frame.t === 'closed') this.#end(OVER);
    else if (frame.t === 'entered' && asked?.as) this.#entered(asked.as);
    else if (frame.t === 'liked' && asked?.taps) this.#liked(asked, frame.n);
    else if (frame.t === 'error' && asked) this.#refused(frame);
  }

  #next() {
    if (!this.#link || this.#asked) return;
    if (this.#user && !this.#isIn && !this.#timer.again) {
      this.#ask({ as: this.#user }, { t: 'enter', room: this.#room, ...seenAs(this.#user) });
    } else if (this.#taps.length > 0 && !this.#timer.gather) {
      const taps = this.#firstTaps();
      this.#ask({ taps, counted: 0 }, { t: 'like', room: this.#room, n: sum(taps) });
      this.#likedAt = Date.now();
      this.#pace = Math.min(GATHER_MAX_MS, 2 * this.#pace);
      if (this.#taps.length > 0) this.#gather();
    }
  }

  #ask(asked, frame) {
    this.#asked = asked;
    this.#link.send(frame);
    this.#after('answer', ANSWER_MS, () => this.#refused(TOO_LATE));
  }

  #gather() {
    if (Date.now() - this.#likedAt > RESTED_MS) this.#pace = GATHER_MS;
    if (!this.#timer.gather) this.#after('gather', this.#pace, () => this.#next());
  }

  #firstTaps() {
    let n = 0;
    const isIn = (tap) => (n += tap.n) <= FRAME_LIKES_MAX;
    const end = this.#taps.findIndex((tap) => !isIn(tap));
    return this.#taps.splice(0, end < 0 ? this.#taps.length : end);
  }

  #entered(as) {
    this.#answered();
    this.#failures = 0;
    // Who has come under another name meanwhile says it anew.
    if (as === this.#user) {
      this.#isIn = true;
      this.#entry?.resolve(true);
      this.#entry = null;
    }
    this.#next();
  }

  /** What was over the limit is refused behind what was counted. */
  #liked(asked, n) {
    asked.counted += n;
    if (asked.counted < sum(asked.taps)) return;
    this.#settle(asked, null);
    this.#answered();
    this.#next();
  }

  #refused(why) {
    const isEntry = Boolean(this.#asked.as);
    if (!isEntry) this.#refuseTaps(why);
    this.#answered();
    if (isEntry && !why.retry) {
      this.#entry?.reject(new Refused(why));
      this.#forget();
    } else if (isEntry) {
      const span = Math.min(AGAIN_MAX_MS, AGAIN_MS * 2 ** this.#failures++);
      this.#after('again', span * (0.5 + Math.random() / 2), () => this.#next());
    }
    this.#next();
  }

  #answered() {
    this.#asked = null;
    this.#stop('answer');
  }

  /** What is refused now would be refused too of what waits behind it. */
  #refuseTaps(why) {
    if (this.#asked?.taps) this.#settle(this.#asked, why);
    this.#settle({ taps: this.#taps.splice(0), counted: 0 }, why);
  }

  #settle({ taps, counted }, why) {
    for (const { n, resolve, reject } of taps) {
      const ofThese = Math.min(n, counted);
      counted -= ofThese;
      if (ofThese > 0) resolve(ofThese);
      else reject(new Refused(why));
    }
  }

  #end(why) {
    this.#entry?.reject(new Refused(why));
    this.#refuseTaps(why);
    this.#forget();
    this.down();
  }

  #forget() {
    this.#user = this.#entry = null;
    this.#isIn = false;
  }

  #after(name, ms, act) {
    this.#stop(name);
    this.#timer[name] = setTimeout(() => {
      this.#timer[name] = 0;
      act();
    }, ms);
  }

  #stop(name) {
    clearTimeout(this.#timer[name]);
    this.#timer[name] = 0;
  }
}

const seenAs = ({ name, avatarUrl }) => ({ ...(name && { name }), ...(avatarUrl && { avatarUrl }) });
const sum = (taps) => taps.reduce((all, { n }) => all + n, 0);

function promised() {
  let settle;
  const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}
