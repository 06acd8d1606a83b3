/**
 * The kernel's side of lanes and timers. They keep their own entries and put wake-ups for them into
 * the event queue. A wake-up is not an event: it is neither counted nor seen by anyone.
 */
import type { Micros } from './time.js';

export interface Sleeper {
  /**
   * The wake-up `arg` has come to the top at its time and is out of the queue. Runs what is due.
   */
  wake(arg: number): void;

  /**
   * The wake-up `arg` of (time, seq) was taken out unrun. Puts back one for the time at which
   * something is really due, if anything is: the same, or a later one. Returns whether it is the
   * same.
   */
  rearm(arg: number, time: Micros, seq: number): boolean;

  /**
   * Whether nobody waits for the wake-up `arg` any more. If so it is gone with this call: the
   * kernel takes it out of the queue, and the sleeper forgets it.
   */
  giveUp(arg: number): boolean;
}
