/**
 * Errors of AWS as data: the code and, where AWS's own text is known, that text. Inside the operations a
 * refusal is thrown by whatever finds it and ends in the Call; it never reaches the user as an exception.
 */

/** What AWS answers instead of a value. */
export interface AwsError {
  readonly code: string;
  readonly message: string;
}

/** A request that AWS refuses. */
export class Refusal extends Error implements AwsError {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** `Value 11 for parameter MaxNumberOfMessages is invalid. Reason: …` */
export function invalidParameter(parameter: string, value: unknown, reason: string): Refusal {
  const isPlain = typeof value === 'string' || typeof value === 'number';
  const shown = isPlain ? `${value}` : JSON.stringify(value);
  const message = `Value ${shown} for parameter ${parameter} is invalid. Reason: ${reason}`;
  return new Refusal('InvalidParameterValue', message);
}

export function missingParameter(parameter: string): Refusal {
  return new Refusal('MissingParameter', `The request must contain the parameter ${parameter}.`);
}

export function noSuchQueue(): Refusal {
  return new Refusal('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function invalidReceipt(handle: unknown): Refusal {
  const shown = typeof handle === 'string' ? handle : JSON.stringify(handle);
  const message = `The input receipt handle "${shown}" is not a valid receipt handle.`;
  return new Refusal('ReceiptHandleIsInvalid', message);
}

/** What a FIFO queue alone knows, on another queue, or the other way round. */
export function notForThisType(parameter: string, value: unknown): Refusal {
  const reason = 'The request include parameter that is not valid for this queue type.';
  return invalidParameter(parameter, value, reason);
}
