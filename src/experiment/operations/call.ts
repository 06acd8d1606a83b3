/** One call of an operation: what the script holds while virtual time goes on. */

import type { AwsError } from './aws-errors.js';

/** Its fields change when the call is answered. Times are seconds of virtual time. */
export interface Call<T> {
  readonly sentAt: number;
  readonly done: boolean;
  readonly answeredAt: number | null;
  /** null until it is answered, and when it was refused. */
  readonly value: T | null;
  /** null unless it was refused. */
  readonly error: AwsError | null;
}

export class LiveCall<T> implements Call<T> {
  done = false;
  answeredAt: number | null = null;
  value: T | null = null;
  error: AwsError | null = null;

  constructor(readonly sentAt: number) {}

  succeed(at: number, value: T): void {
    this.done = true;
    this.answeredAt = at;
    this.value = value;
  }

  fail(at: number, { code, message }: AwsError): void {
    this.done = true;
    this.answeredAt = at;
    this.error = { code, message };
  }
}
