/** Messages of somebody who waits for them, in processes that may die: which call carries each, and what is lost. */

import type { Facts } from '../facts.js';
import type { EntryTable, Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { Calls } from '../port.js';
import type { World } from '../world.js';
import type { SendOwner } from './options.js';

export class Owned {
  private readonly calls: Calls;
  private readonly messages: Messages;
  private readonly entries: EntryTable;
  private readonly facts: Facts;

  constructor(
    world: World,
    private readonly source: number,
    readonly owner: SendOwner,
  ) {
    this.calls = world.calls;
    this.messages = world.messages;
    this.entries = world.messages.entries;
    this.facts = world.facts;
  }

  /** The call goes out, with one message or with a list of them. */
  carry(call: number): void {
    const { calls, entries, owner } = this;
    const first = calls.first[call];
    if (calls.carries[call] === 0) owner.carried(first, call);
    else
      for (let row = first; row !== NONE; row = entries.next[row])
        owner.carried(entries.message[row], call);
  }

  /** No call carries the messages from `first` on any more. Whether their process is gone; they have one. */
  isOver(first: number): boolean {
    const { entries, owner } = this;
    for (let row = first; row !== NONE; row = entries.next[row])
      owner.carried(entries.message[row], NONE);
    return owner.isGone(entries.message[first]);
  }

  /** The messages from `first` on, which no call carries, are gone with their process. */
  lose(first: number): void {
    const { entries, facts, messages } = this;
    for (let row = first; row !== NONE;) {
      const next = entries.next[row];
      facts.gaveUp(this.source, entries.message[row]);
      messages.release(entries.message[row]);
      entries.free(row);
      row = next;
    }
  }
}
