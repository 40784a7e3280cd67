/** Who wants to hear of what. */
export class Listeners {
  #listenersByName = new Map();

  /** @returns a function that ends it */
  add(name, listener) {
    const listeners = this.#listenersByName.get(name) ?? new Set();
    this.#listenersByName.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  tell(name, news) {
    for (const listener of this.#listenersByName.get(name) ?? []) tell(listener, news);
  }
}

/** What a listener throws is its own: the next one hears its news all the same. */
export function tell(listener, news) {
  try {
    listener(news);
  } catch (fault) {
    (globalThis.reportError ?? console.error)(fault);
  }
}
