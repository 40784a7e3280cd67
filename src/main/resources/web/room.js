/** The page of one room: what it is, who is there, where to play it, and how it ended. Who opens it becomes a viewer. */
import { makeCopy } from './copy.js';
import { inFull, Likes } from './likes.js';
import { clockOf, fillTags, hostOf, makeFrame, paint, startOf, titleOf, write } from './look.js';
import { run } from './motion.js';
import { People } from './people.js';
import { Visitor } from './visitor.js';

const TIMEOUT_MS = 8000;
const NOTE_MS = 5000;
const SUMMED = ['likesInAll', 'peak', 'visits'];
const BADGES = { live: 'Live', created: 'Soon', closed: 'Ended' };
const SAID = {
  created: ['Not live yet', 'The host has opened the room. The picture is still to come; this page tells.'],
  interrupted: ['The picture is gone for a moment', 'The stream broke off. It often comes back; this page tells.'],
  closed: ['This room has ended', ''],
};
const REASONS = {
  HOST_ENDED: 'The host has ended it.',
  NEVER_STARTED: 'The stream never started.',
  STREAM_LOST: 'The stream broke off and did not come back.',
  HOST_LOST: 'Nothing was heard of the host any more.',
  BANNED: 'A moderator has closed it.',
  REPLACED: 'The host has opened another room.',
};

export class RoomPage {
  #live;
  #hear;
  #stage;
  #unknown;
  #part = {};
  #screen;
  #face;
  #likes;
  #people;
  #visitor;
  #id = '';
  #view = null;
  #room = null;
  #closed = null;
  #state = '';
  #noteTimer = 0;

  /** @param places {stage, unknown}; @param hear {onTag(tag), onTitle(text), say(text)} */
  constructor({ stage, unknown }, live, guest, hear) {
    this.#stage = stage;
    this.#unknown = unknown;
    this.#live = live;
    this.#hear = hear;
    for (const element of stage.querySelectorAll('[data-part]')) this.#part[element.dataset.part] = element;
    this.#screen = makeFrame(this.#part.screen);
    this.#face = makeFrame(this.#part.face);
    for (const button of stage.querySelectorAll('[data-copy]')) {
      const source = this.#part[button.dataset.copy];
      makeCopy(button, source, () => source.textContent);
    }
    this.#visitor = new Visitor(live, guest, (refused) => {
      this.#likes.learn(refused);
      if (!refused) this.#people.welcome(guest.self);
    });
    this.#likes = new Likes(this.#part, live, this.#visitor, hear.say);
    this.#people = new People(this.#part, live);
  }

  get cover() {
    return this.#part.screen;
  }

  /** @param known the room as the hall knows it, to be shown at once; or undefined */
  async open(id, known) {
    this.close();
    this.#id = id;
    this.#room = known ?? null;
    this.#closed = null;
    this.#state = '';
    for (const name of ['viewers', ...SUMMED]) delete this.#part[name].dataset.value;
    this.#likes.open(id);
    this.#people.open(id);
    const view = (this.#view = this.#live.room(id, () => this.#draw()));
    this.#draw();
    // A room that is over has no words on the socket beside its end; and where the socket is not, there is still REST.
    const told = await ask(id);
    if (this.#view !== view || !told) return;
    if (told.isUnknown) return this.#showUnknown();
    this.#room = told.room;
    if (told.room.state === 'closed' && !view.closed) {
      const end = await ask(id, '/summary');
      if (this.#view !== view) return;
      this.#closed = { reason: told.room.closeReason, summary: end?.summary };
    }
    this.#draw();
  }

  close() {
    this.#view?.close();
    this.#view = null;
    this.#visitor.go();
    this.#likes.close();
    this.#people.close();
    this.#note('');
  }

  /** The time on air goes on by itself. */
  tick() {
    const isOnAir = this.#view && this.#state === 'live';
    const start = isOnAir ? startOf(this.#view.room ?? this.#room) : NaN;
    if (Number.isFinite(start)) write(this.#part.clock, clockOf(Date.now() - start));
  }

  #draw() {
    if (this.#view.error && !this.#room) return this.#showUnknown();
    this.#unknown.hidden = true;
    this.#stage.hidden = false;
    const closed = this.#view.closed ?? this.#closed;
    const room = this.#view.room ?? this.#room;
    this.#become(closed ? 'closed' : (room?.state ?? 'asking'), closed);
    this.#stage.setAttribute('aria-busy', String(!room));
    if (room) this.#drawRoom(room);
    if (closed) this.#drawEnd(closed.summary);
    this.tick();
  }

  /** What happened is read off the state, so that it is told too where it happened while nobody was connected. */
  #become(state, closed) {
    const was = this.#state;
    if (was === state) return;
    this.#state = state;
    this.#stage.dataset.state = state;
    const [said, why] = SAID[state] ?? ['', ''];
    const because = closed ? (REASONS[closed.reason] ?? '') : why;
    write(this.#part.badge, BADGES[state] ?? '');
    write(this.#part.clock, '');
    write(this.#part.said, said);
    write(this.#part.because, because);
    this.#part.curtain.hidden = !said;
    this.#part.now.hidden = state === 'closed' || state === 'created';
    this.#part.summary.hidden = this.#part.leave.hidden = state !== 'closed';
    this.#likes.follow(state);
    if (['live', 'interrupted'].includes(state)) this.#visitor.come(this.#id);
    if (state === 'closed') this.#people.close();
    const isBack = was === 'interrupted' && state === 'live';
    this.#note(isBack ? 'The picture is back' : '');
    if (isBack) this.#hear.say('The picture is back.');
    else if (said) this.#hear.say(`${said}. ${because}`);
  }

  #drawRoom(room) {
    const part = this.#part;
    const [title, host] = [titleOf(room), hostOf(room)];
    this.#hear.onTitle(title);
    write(part.title, title);
    write(part.host, host);
    write(part.where, room.location ?? '');
    paint(this.#screen, room.id, title, room.coverUrl);
    paint(this.#face, room.id + 'face', host, room.host?.avatarUrl);
    fillTags(part.tags, room.tags ?? [], this.#hear.onTag);
    run(part.viewers, Number(room.viewers) || 0, inFull);
    this.#likes.count(Number(room.likes) || 0);
    this.#people.count(Number(room.viewers) || 0);
    const start = startOf(room);
    if (Number.isFinite(start)) write(part.since, sinceOf(new Date(start)));
    part.play.hidden = !room.play || !['live', 'interrupted'].includes(this.#state);
    if (room.play) this.#drawPlay(room.play);
  }

  #drawPlay(play) {
    const { rtmp, flv, hls, until } = this.#part;
    write(rtmp, play.rtmp);
    write(flv, play.flv);
    write(hls, play.hls);
    until.hidden = !play.expiresAt;
    if (play.expiresAt) write(until, `These addresses are good until ${sinceOf(new Date(play.expiresAt))}.`);
  }

  #drawEnd(summary) {
    const { summary: list, duration, likesInAll, peak, visits } = this.#part;
    list.hidden = !summary;
    if (!summary) return;
    write(duration, clockOf(summary.durationSeconds * 1000));
    for (const [element, value] of [
      [likesInAll, summary.likes],
      [peak, summary.peakViewers],
      [visits, summary.visits],
    ]) {
      element.dataset.value ??= 0;
      run(element, value, inFull);
    }
  }

  #showUnknown() {
    this.#stage.hidden = true;
    this.#unknown.hidden = false;
    this.#hear.onTitle('There is no such room');
    this.#hear.say('There is no such room.');
  }

  #note(text) {
    clearTimeout(this.#noteTimer);
    this.#part.note.hidden = !text;
    write(this.#part.note, text);
    if (text) this.#noteTimer = setTimeout(() => this.#note(''), NOTE_MS);
  }
}

/** The time, and the day where it is another one. */
function sinceOf(date) {
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(undefined, { ...(!isToday && { dateStyle: 'medium' }), timeStyle: 'short' });
}

/** @returns {room} or {summary}; {isUnknown}; or null where nobody could tell */
async function ask(id, part = '') {
  try {
    const answer = await fetch('/v1/rooms/' + encodeURIComponent(id) + part, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      credentials: 'omit',
    });
    if (answer.ok) return await answer.json();
    return [400, 404].includes(answer.status) ? { isUnknown: true } : null;
  } catch {
    return null;
  }
}
