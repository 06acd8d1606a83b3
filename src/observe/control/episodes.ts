/**
 * Episodes of scaling: how a fleet's desired capacity answered one disturbance, in the terms of a step response.
 *
 * An episode goes from what it answers to the moment since when the desired capacity has stayed the same for
 * QUIET, or to the end of the run. It begins when its first change does; if that change is upwards and messages have
 * been waiting since, when they began to. Its final value is the desired capacity at its end.
 */
import type { Micros } from '../../kernel/time.js';
import { MINUTE } from '../../kernel/time.js';

/** More than the quarter of an hour after which target tracking scales in: that still belongs to the same episode. */
export const QUIET: Micros = 20 * MINUTE;
/** So long it must have stayed when the run ends: AWS's default cooldown. */
export const STEADY: Micros = 5 * MINUTE;
/** What counts as the final value: 5 % to both sides. */
const BAND = 0.05;

export interface Episode {
  /** When what it answers began, µs. */
  readonly began: Micros;
  /** Its last change of the desired capacity, µs. */
  readonly lastChange: Micros;
  /** The desired capacity before, and at its end. */
  readonly from: number;
  readonly final: number;
  /** Most instances in service from its first change upwards on; null: it only went down. */
  readonly peak: number | null;
  /** Fewest instances in service from its first change on; null: no time passed. */
  readonly least: number | null;
  /** How far the peak was above the final value, as a share of it (of 1 if that is 0); null: no peak. */
  readonly overshoot: number | null;
  /** From its beginning until the desired capacity stayed in the band, µs; Infinity: had not when the run ended. */
  readonly settling: Micros;
  /** How often the desired capacity rose again after it had risen and fallen. */
  readonly oscillations: number;
}

/** An episode that is not over. */
class OpenEpisode {
  private readonly times: Micros[] = [];
  private readonly values: number[];
  private hasFallen = false;
  private oscillations = 0;
  /** Most in service since the first change upwards; null: there was none. */
  peak: number | null = null;
  /** Fewest since the first change. */
  least = Infinity;

  constructor(
    readonly began: Micros,
    from: number,
  ) {
    this.values = [from];
  }

  get lastChange(): Micros {
    return this.times[this.times.length - 1];
  }

  change(now: Micros, desired: number): void {
    const isOut = desired > this.values[this.values.length - 1];
    if (isOut && this.hasFallen) this.oscillations++;
    if (isOut) this.peak ??= 0;
    this.hasFallen = !isOut && this.peak !== null;
    this.times.push(now);
    this.values.push(desired);
  }

  /** `end`: of the run, if that is what ends it. */
  close(end: Micros | null): Episode {
    const { began, lastChange, peak, least, oscillations } = this;
    const final = this.values[this.values.length - 1];
    const settledAt = this.settledAt(final);
    const isCut = end !== null && settledAt !== null && end - settledAt < STEADY;
    return {
      began,
      lastChange,
      from: this.values[0],
      final,
      peak,
      least: least === Infinity ? null : least,
      overshoot: peak === null ? null : Math.max(0, peak - final) / Math.max(1, final),
      settling: isCut ? Infinity : (settledAt ?? began) - began,
      oscillations,
    };
  }

  /** The change since which it has stayed in the band; null: it never was outside. */
  private settledAt(final: number): Micros | null {
    for (let i = this.times.length - 1; i >= 0; i--) {
      if (Math.abs(this.values[i] - final) > BAND * final) return this.times[i];
    }
    return null;
  }
}

export class Episodes {
  readonly over: Episode[] = [];
  private open: OpenEpisode | null = null;
  private inService = 0;
  /** Since when so many are. */
  private since: Micros = 0;

  /** One that is open at `warmUp` ends there: what changes later is another episode. */
  constructor(private readonly warmUp: Micros) {}

  /** The desired capacity changes at `now`; `began`: when what it answers did. */
  change(now: Micros, began: Micros, from: number, to: number): void {
    this.pass(now);
    const { open, warmUp } = this;
    const isOfWarmUp = open !== null && open.began < warmUp && now >= warmUp;
    if (isOfWarmUp || (open !== null && now - open.lastChange >= QUIET)) this.close(null);
    this.open ??= new OpenEpisode(isOfWarmUp ? Math.max(began, warmUp) : began, from);
    this.open.change(now, to);
  }

  /** So many instances are in service from now on. */
  inServiceIs(now: Micros, inService: number): void {
    this.pass(now);
    this.inService = inService;
  }

  /** The run covered [0, end). */
  finish(end: Micros): void {
    this.pass(end);
    const { open } = this;
    if (open !== null) this.close(end - open.lastChange >= QUIET ? null : end);
  }

  private close(end: Micros | null): void {
    if (this.open !== null) this.over.push(this.open.close(end));
    this.open = null;
  }

  /** As many were in service until now; what comes and goes within one instant was never there. */
  private pass(now: Micros): void {
    const { open } = this;
    if (now > this.since && open !== null) {
      if (open.peak !== null) open.peak = Math.max(open.peak, this.inService);
      open.least = Math.min(open.least, this.inService);
    }
    this.since = now;
  }
}
