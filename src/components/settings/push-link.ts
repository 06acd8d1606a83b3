/** Links of a type that delivers by itself: who gets what it accepts, in the order in which facts number them. */

export interface PushLink {
  /** Unique within the resource: a subscription, `rule/target`, a notification. */
  readonly name: string;
  readonly target: string;
  /** Where what cannot be delivered goes. */
  readonly deadLetter?: string | undefined;
  /** For readers: what is for this link, and how often it is tried. */
  readonly filter?: string | undefined;
  readonly retries?: string | undefined;
}
