/** What the three batches have in common: their entries and the ids of these. */

import { REQUEST_LIMITS } from '../../components/sqs/request-limits.js';
import type { AwsError } from './aws-errors.js';
import { missingParameter, Refusal } from './aws-errors.js';
import { checkEntryId } from './characters.js';

/** How a batch is answered; an entry that fails does not stop the others. */
export interface BatchResult<T extends { readonly id: string } = { readonly id: string }> {
  readonly successful: readonly T[];
  readonly failed: readonly { readonly id: string; readonly code: string }[];
}

export interface Entry {
  readonly id: string;
}

/** Refuses the whole batch when there are none, too many, or ids that are not right; `operation` is AWS's name. */
export function checkEntries<E extends Entry>(operation: string, entries: unknown): readonly E[] {
  if (!Array.isArray(entries)) throw missingParameter('Entries');
  const most = REQUEST_LIMITS.batchEntriesMax;
  if (entries.length === 0) {
    const text = `There should be at least one ${operation}RequestEntry in the request.`;
    throw new Refusal('EmptyBatchRequest', text);
  }
  if (entries.length > most) {
    const text = `Maximum number of entries per request are ${most}. You have sent ${entries.length}.`;
    throw new Refusal('TooManyEntriesInBatchRequest', text);
  }
  const ids = new Set<string>();
  for (const { id } of entries as readonly Entry[]) {
    if (ids.has(checkEntryId(id)))
      throw new Refusal('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    ids.add(id);
  }
  return entries as readonly E[];
}

class Refused {
  constructor(
    readonly id: string,
    readonly code: string,
  ) {}
}

/** The entries as they will be answered: what each was told, in the order of the request. */
export class Outcomes<T extends Entry> {
  private readonly answers = new Map<string, T | Refused>();

  constructor(private readonly entries: readonly Entry[]) {}

  succeed(result: T): void {
    this.answers.set(result.id, result);
  }

  fail(id: string, error: AwsError): void {
    this.answers.set(id, new Refused(id, error.code));
  }

  /** Reads an entry; undefined when that alone refuses it. */
  attempt<R>(id: string, read: () => R): R | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.fail(id, error);
      return undefined;
    }
  }

  result(): BatchResult<T> {
    const successful: T[] = [];
    const failed: { id: string; code: string }[] = [];
    for (const { id } of this.entries) {
      const answer = this.answers.get(id)!;
      if (answer instanceof Refused) failed.push({ id, code: answer.code });
      else successful.push(answer);
    }
    return { successful, failed };
  }
}
