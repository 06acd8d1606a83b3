/**
 * Connections to a database, by who holds them. Each process of a client keeps those that it has opened, idle or
 * not, until it ends; one that is idle serves its next statement. All together they are never more than `max`.
 */

import { check } from '../../kernel/check.js';

/** What a statement gets: nothing, since all connections are taken; one that its process holds; a new one. */
export const Got = { Nothing: 0, Idle: 1, New: 2 } as const;
export type Got = (typeof Got)[keyof typeof Got];

export class Connections {
  /** Those that exist, idle ones included. */
  open = 0;
  /** By client, then by process: how many are idle. */
  private idle: number[][] = [];

  constructor(readonly max: number) {}

  take(client: number, process: number): Got {
    const pool = (this.idle[client] ??= []);
    const free = pool[process] ?? 0;
    if (free > 0) {
      pool[process] = free - 1;
      return Got.Idle;
    }
    if (this.open >= this.max) return Got.Nothing;
    this.open++;
    return Got.New;
  }

  /** A statement is over; its process keeps the connection. */
  release(client: number, process: number): void {
    const pool = this.idle[client];
    pool[process] = (pool[process] ?? 0) + 1;
  }

  /** A statement is over, and nobody is at the other end of its connection. */
  close(): void {
    check(this.open > 0, 'a connection is closed once');
    this.open--;
  }

  /** The process has ended: its idle connections are gone. Returns how many there were. */
  closeIdle(client: number, process: number): number {
    const pool = this.idle[client] as number[] | undefined;
    const count = pool?.[process] ?? 0;
    if (pool !== undefined && count > 0) pool[process] = 0;
    this.open -= count;
    return count;
  }

  /** The instance is gone, and all connections with it. */
  closeAll(): void {
    this.open = 0;
    this.idle = [];
  }
}
