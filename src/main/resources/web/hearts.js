/** Hearts that float up and fade. There are never many, and none for those who asked for calm. */
import { isStill } from './motion.js';

const SVG = 'http://www.w3.org/2000/svg';
const PATH =
  'M12 20.7 10.6 19.4C5.4 14.7 2 11.6 2 7.9A5.4 5.4 0 0 1 7.5 2.4c1.7 0 3.4.8 4.5 2.1a6 6 0 0 1 4.5-2.1A5.4 5.4 0 0 1 22 7.9c0 3.7-3.4 6.8-8.6 11.5Z';
const TINTS = 5;
const EDGE = 28;
const SWAY = 14;

const between = (low, high) => low + Math.random() * (high - low);

export class Hearts {
  #layer;
  #most;

  /** @param layer as high as they rise; they begin at its lower edge */
  constructor(layer, most) {
    this.#layer = layer;
    this.#most = most;
  }

  /** @param place {x, spread} in pixels from the left; @param withinMs in which they set off, one after the other */
  fly(n, { x, spread = 0 }, withinMs = 0) {
    if (isStill()) return;
    const { clientWidth: width, clientHeight: height } = this.#layer;
    const free = Math.min(n, this.#most - this.#layer.childElementCount);
    for (let i = 0; i < free; i++) {
      const at = Math.min(width - EDGE, Math.max(EDGE, x + between(-spread, spread)));
      this.#start(at, height, (withinMs * i) / free + between(0, withinMs / n));
    }
  }

  clear() {
    this.#layer.replaceChildren();
  }

  #start(x, height, delay) {
    const heart = makeHeart();
    heart.classList.add('tint' + Math.floor(between(0, TINTS)));
    heart.style.left = x + 'px';
    this.#layer.append(heart);
    const [rise, size, turn] = [height * between(0.72, 0.98), between(0.75, 1.15), between(-18, 18)];
    const side = Math.random() < 0.5 ? -SWAY : SWAY;
    const step = (part, across, scale, opacity) => ({
      transform: `translate(${across * side}px, ${-part * rise}px) rotate(${across * turn}deg) scale(${scale * size})`,
      opacity,
    });
    const steps = [
      step(0, 0, 0.3, 0),
      { ...step(0.12, 0.3, 1.1, 1), offset: 0.12 },
      { ...step(0.5, 1, 1, 0.95), offset: 0.45 },
    ];
    const flight = heart.animate([...steps, step(1, -0.8, 0.9, 0)], {
      duration: between(1700, 2500),
      delay,
      easing: 'cubic-bezier(.25, .6, .45, 1)',
      fill: 'backwards',
    });
    const remove = () => heart.remove();
    flight.finished.then(remove, remove);
  }
}

export function makeHeart() {
  const heart = document.createElementNS(SVG, 'svg');
  heart.setAttribute('viewBox', '0 0 24 24');
  heart.setAttribute('class', 'heart');
  heart.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATH);
  heart.append(path);
  return heart;
}
