/** Speaks to screen readers, politely: what comes and goes in the hall is summed up, so that it never becomes a flood. */
const SUM_MS = 8000;

export class Speaker {
  #element;
  #began = 0;
  #ended = 0;
  #total = 0;
  #timer = 0;

  constructor(element) {
    this.#element = element;
  }

  say(text) {
    this.#element.textContent = text;
  }

  /** A room that only moved into the view is no news: one that began did so in the last minute. */
  count({ came, closed, total }) {
    this.#began += came.filter((room) => Date.now() - Date.parse(room.liveAt) < 60000).length;
    this.#ended += closed;
    this.#total = total;
    if (this.#began + this.#ended > 0) this.#timer ||= setTimeout(() => this.#sum(), SUM_MS);
  }

  #sum() {
    const rooms = (n) => (n === 1 ? '1 room' : `${n} rooms`);
    const news = [];
    if (this.#began > 0) news.push(`${rooms(this.#began)} went live.`);
    if (this.#ended > 0) news.push(`${rooms(this.#ended)} ended.`);
    this.say(`${news.join(' ')} ${rooms(this.#total)} in all.`);
    this.#began = this.#ended = this.#timer = 0;
  }
}
