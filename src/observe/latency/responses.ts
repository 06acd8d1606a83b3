/** From a message's birth until its producer knew that it was accepted. */

import type { MessageTable } from '../../components/messages.js';
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';
import type { Histories } from './histories.js';
import { BATCHING, NETWORK, PART_COUNT } from './parts.js';
import type { Scopes } from './scopes.js';

export class Responses {
  /** The split of a response, which has two parts if there was one attempt. */
  private readonly answer = new Float64Array(PART_COUNT);

  constructor(
    private readonly clock: Clock,
    private readonly table: MessageTable,
    private readonly histories: Histories,
    private readonly scopes: Scopes,
    private readonly warmUp: Micros,
  ) {}

  answered(source: number, message: number): void {
    const { attempts, pasts } = this.histories;
    const past = attempts.isAny ? attempts.answered(message) : -1;
    const bornAt = this.table.bornAt[message];
    const total = this.clock.now - bornAt;
    if (bornAt < this.warmUp) {
      if (past >= 0) pasts.free(past);
    } else if (total === 0) {
      this.scopes.answeredAtOnce[source]++;
      if (past >= 0) pasts.free(past);
    } else if (past < 0) this.atFirst(source, message, total);
    else this.after(past, source, total);
  }

  private atFirst(source: number, message: number, total: Micros): void {
    const buffered = this.table.buffered[message];
    this.answer[BATCHING] = buffered;
    this.answer[NETWORK] = total - buffered;
    this.scopes.response(source).record(total, this.answer);
  }

  private after(past: number, source: number, total: Micros): void {
    const { pasts } = this.histories;
    pasts.read(past, this.answer);
    pasts.free(past);
    this.scopes.response(source).record(total, this.answer);
    this.answer.fill(0);
  }
}
