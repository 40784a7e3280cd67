/** Tells honestly whether the page is connected: always in a word at the top, and in a sentence when it lasts. */
import { write } from './look.js';

const PATIENCE_MS = 1500;
const WORDS = {
  connecting: 'Connecting…',
  live: 'Connected',
  waiting: 'Offline',
  refused: 'Offline',
  closed: 'Offline',
};
const REFUSALS = {
  4401: 'This server shows its rooms only to those who signed in.',
  4403: 'This server does not take connections from this page.',
};

export class Connection {
  isStale = false;
  #live;
  #parts;
  #hear;
  #wasLive = false;
  #timer = 0;

  /** @param parts {pill, toast, text, again}; @param hear {say(text), onStale(isStale)} */
  constructor(live, parts, hear) {
    this.#live = live;
    this.#parts = parts;
    this.#hear = hear;
    parts.again.addEventListener('click', () => live.again());
    live.on('state', (state) => this.#become(state));
  }

  /** The seconds until the next try go down. */
  tick() {
    const { name, until } = this.#live.state;
    if (!this.isStale) return;
    const kept = this.#wasLive ? ' You see what was last heard.' : '';
    const seconds = Math.ceil((until - Date.now()) / 1000);
    const next = name === 'refused' ? '' : seconds > 0 ? ` Reconnecting in ${seconds} s.` : ' Reconnecting…';
    write(this.#parts.text, this.#trouble() + kept + next);
    this.#parts.again.disabled = !['waiting', 'refused'].includes(name);
  }

  #trouble() {
    const known = REFUSALS[this.#live.state.code];
    return known ?? (this.#wasLive ? 'The connection is lost.' : 'The server cannot be reached.');
  }

  #become({ name }) {
    const { pill } = this.#parts;
    pill.dataset.state = name;
    write(pill, WORDS[name]);
    if (name === 'live') {
      this.#wasLive = true;
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.#setStale(false);
    } else if (name !== 'connecting' || this.#wasLive) {
      // A short break is mended before anyone needs a sentence about it.
      this.#timer ||= setTimeout(() => this.#setStale(true), PATIENCE_MS);
    }
    this.tick();
  }

  #setStale(isStale) {
    if (isStale === this.isStale) return;
    this.isStale = isStale;
    this.#parts.toast.hidden = !isStale;
    this.tick();
    this.#hear.onStale(isStale);
    this.#hear.say(isStale ? this.#trouble() : 'The connection is back.');
  }
}
