/** What stderr says on a terminal while a run goes on, when it takes a while; and how fast it was. */
import type { Progress } from '../experiment/progress.js';
import { count, digits, duration, span } from '../report/figures.js';
import { SECOND } from '../kernel/time.js';
import type { Io } from './io.js';

const FIRST_AFTER_MS = 1_000;
const EVERY_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

export class ProgressLine {
  private readonly began: number;
  private shownAt = -Infinity;

  constructor(private readonly io: Io) {
    this.began = io.now();
  }

  /** Shows the state of the run, if it is time to. */
  show(progress: Progress): void {
    const now = this.io.now();
    if (
      !this.io.errIsTerminal ||
      now - this.began < FIRST_AFTER_MS ||
      now - this.shownAt < EVERY_MS
    )
      return;
    this.shownAt = now;
    this.io.err(`${CLEAR_LINE}${progressText(progress, (now - this.began) / 1_000)}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.shownAt > -Infinity) this.io.err(CLEAR_LINE);
  }

  /** Says in the end how fast the run was. */
  speed(progress: Progress): void {
    const wallSeconds = (this.io.now() - this.began) / 1_000;
    if (!this.io.errIsTerminal || wallSeconds <= 0) return;
    const rate = `${count(Math.round(progress.sent / wallSeconds))} messages/s`;
    this.io.err(
      `${count(progress.sent)} messages in ${duration(wallSeconds)}: ${rate}${eventRate(progress, wallSeconds)}\n`,
    );
  }
}

function eventRate(progress: Progress, wallSeconds: number): string {
  const millions = progress.events / wallSeconds / 1_000_000;
  return wallSeconds === 0 ? '' : `, ${digits(millions, 3)} M events/s`;
}

/** `12m 3s of 30m (40 %): 1,234,567 messages sent, 1,200,000 done, 1.92 M events/s`. */
export function progressText(progress: Progress, wallSeconds: number): string {
  const now = Math.floor(progress.now / SECOND);
  const end = progress.trafficEnd / SECOND;
  const where =
    now < end
      ? `${span(now)} of ${span(end)} (${Math.floor((100 * now) / end)} %)`
      : `${span(now)}, draining`;
  const messages = `${count(progress.sent)} messages sent, ${count(progress.settled)} done`;
  return `${where}: ${messages}${eventRate(progress, wallSeconds)}`;
}
