/**
 * Many filters against one message at a time: the subscriptions of a topic, the rules of a bus, `when` of a
 * step. Each field that any filter reads is drawn at most once per message, when it is first needed; each
 * question (a field, and what it must be) is answered at most once, however many filters ask it. Nothing is
 * allocated per message, but for what drawing a value makes, and where messages have real bodies.
 *
 * A set is of filter policies, or of event patterns, or of `when`; of one kind only.
 */

import { isMap } from '../settings/problem.js';
import type { World } from '../world.js';
import { Leaves } from './document.js';
import { FieldTests } from './field-tests.js';
import { isOfBody } from './flavour.js';
import type { Constants, FieldSource } from './field-source.js';
import { MessageAtHand, sourceOf } from './field-source.js';
import { Matcher } from './matcher.js';
import type { FieldSpec, FieldValue, PatternSpec, Test } from './pattern.js';

/** Why a filter does not match, as SNS's metrics NumberOfNotificationsFilteredOut-… tell it apart. */
export const MISMATCHES = [
  'MessageAttributes',
  'MessageBody',
  'NoMessageAttributes',
  'InvalidAttributes',
  'InvalidMessageBody',
] as const;
/** A place in MISMATCHES. */
export const Mismatch = {
  Attributes: 0,
  Body: 1,
  NoAttributes: 2,
  InvalidAttributes: 3,
  InvalidBody: 4,
} as const;

interface Filter {
  readonly spec: PatternSpec;
  /** Questions of each alternative. */
  readonly alternatives: readonly (readonly number[])[];
  /** For real bodies; made when it is first needed. */
  matcher: Matcher | null;
}

interface Question {
  readonly slot: number;
  readonly specs: readonly Test[];
  /** Made when it is first needed: labels are set up by then. */
  tests: FieldTests | null;
}

const NO_CONSTANTS: Constants = new Map();
const KEY: FieldSource = { kind: 'key', name: '' };

export class FilterSet {
  private readonly filters: (Filter | null)[];
  private readonly slots: FieldSource[] = [];
  private readonly slotNumbers = new Map<string, number>();
  private readonly values: FieldValue[] = [];
  /** The message that a value or an answer is of, as a number counted up by `begin`. */
  private readonly drawnFor: number[] = [];
  private readonly questions: Question[] = [];
  private readonly questionNumbers = new Map<string, number>();
  private readonly answers: boolean[] = [];
  private readonly answeredFor: number[] = [];
  private readonly atHand: MessageAtHand;
  /** How many messages there were. */
  private message = 0;
  /** The body of the message at hand, and what else is read, where messages have real bodies. */
  private leaves: Leaves | null = null;
  private leavesFor = 0;

  /**
   * While building or later. null: a filter that lets everything through. `constants`: fields of events that are
   * the same for all, such as `region`.
   */
  constructor(
    private readonly world: World,
    specs: readonly (PatternSpec | null)[],
    private readonly constants: Constants = NO_CONSTANTS,
  ) {
    this.atHand = new MessageAtHand(world, constants);
    this.filters = specs.map((spec) => this.compiled(spec));
  }

  /** The message that `matches` asks about from now on: what it is about (lineage.ts), and who sent it. */
  begin(source: number, mark0: number, mark1: number, sender = source): void {
    this.message++;
    this.atHand.take(source, mark0, mark1, sender);
  }

  /** Another filter in this place; one more when `place` is the number of filters. */
  replace(place: number, spec: PatternSpec | null): void {
    this.filters[place] = this.compiled(spec);
  }

  matches(place: number): boolean {
    const filter = this.filters[place];
    if (filter === null) return true;
    const { flavour } = filter.spec;
    if (flavour !== 'messageAttributes') {
      const { make } = this.atHand;
      if (make?.document !== undefined) return this.matchesBody(filter);
      if (isOfBody(flavour) && !this.atHand.hasObjectBody) return false;
    }
    const { alternatives } = filter;
    for (let i = 0; i < alternatives.length; i++) {
      const asked = alternatives[i];
      let k = 0;
      while (k < asked.length && this.answer(asked[k])) k++;
      if (k === asked.length) return true;
    }
    return false;
  }

  /** Why a filter policy that did not match does not. */
  mismatch(place: number): number {
    const flavour = this.filters[place]?.spec.flavour;
    const { make, mark0, mark1 } = this.atHand;
    if (flavour === 'messageBody')
      return this.atHand.hasObjectBody ? Mismatch.Body : Mismatch.InvalidBody;
    if (make?.hasAttributes?.(mark0, mark1) === false) return Mismatch.NoAttributes;
    if (make?.hasValidAttributes?.(mark0, mark1) === false) return Mismatch.InvalidAttributes;
    return Mismatch.Attributes;
  }

  private answer(number: number): boolean {
    if (this.answeredFor[number] === this.message) return this.answers[number];
    const question = this.questions[number];
    const answer = this.testsOf(question).match(this.valueOf(question.slot));
    this.answeredFor[number] = this.message;
    this.answers[number] = answer;
    return answer;
  }

  private valueOf(slot: number): FieldValue {
    if (this.drawnFor[slot] === this.message) return this.values[slot];
    const value = this.atHand.field(this.slots[slot]);
    this.drawnFor[slot] = this.message;
    this.values[slot] = value;
    return value;
  }

  // --- real bodies ---------------------------------------------------------------------------------

  private matchesBody(filter: Filter): boolean {
    if (this.leavesFor !== this.message) {
      this.leaves = this.leavesOf(filter.spec.flavour === 'event' ? 'detail.' : '');
      this.leavesFor = this.message;
    }
    if (this.leaves === null && isOfBody(filter.spec.flavour)) return false;
    filter.matcher ??= new Matcher(filter.spec);
    return filter.matcher.matchesLeaves(this.leaves ?? new Leaves());
  }

  /** The body, with what else the filters read beside it; null: it is no JSON object, and nothing else is read. */
  private leavesOf(prefix: string): Leaves | null {
    const { make, mark0, mark1 } = this.atHand;
    const body = make?.document?.(mark0, mark1);
    const leaves = new Leaves();
    const beside = this.slots.filter(({ kind }) => kind !== 'body' && kind !== 'attribute');
    for (const field of beside) {
      const isKey = field.kind === 'keyLabel' || field.kind === 'key';
      const path = isKey ? 'key' : field.kind === 'source' ? 'source' : field.name;
      leaves.addField(path, this.atHand.field(isKey ? KEY : field));
    }
    if (isMap(body)) return leaves.addObject(body, prefix);
    return beside.length === 0 ? null : leaves;
  }

  // --- compiling -----------------------------------------------------------------------------------

  private compiled(spec: PatternSpec | null): Filter | null {
    if (spec === null || spec.alternatives.some((fields) => fields.length === 0)) return null;
    const alternatives = spec.alternatives.map((fields) =>
      fields.map((field) => this.questionOf(spec, field)),
    );
    return { spec, alternatives, matcher: null };
  }

  private questionOf({ flavour }: PatternSpec, { path, tests }: FieldSpec): number {
    const source = sourceOf(flavour, path, tests, this.constants);
    const name = `${source.kind}/${source.name}`;
    let slot = this.slotNumbers.get(name);
    if (slot === undefined) {
      slot = this.slots.push(source) - 1;
      this.slotNumbers.set(name, slot);
      this.values.push(undefined);
      this.drawnFor.push(0);
    }
    const asked = JSON.stringify([slot, tests]);
    let number = this.questionNumbers.get(asked);
    if (number === undefined) {
      number = this.questions.push({ slot, specs: tests, tests: null }) - 1;
      this.questionNumbers.set(asked, number);
      this.answers.push(false);
      this.answeredFor.push(0);
    }
    return number;
  }

  private testsOf(question: Question): FieldTests {
    if (question.tests !== null) return question.tests;
    const { kind } = this.slots[question.slot];
    const tests = question.specs.map((test): Test => {
      if (test.kind !== 'is' || (kind !== 'key' && kind !== 'keyLabel')) return test;
      // A key is a text, also when it is written as a number.
      const text = String(test.value);
      return { kind: 'is', value: kind === 'key' ? text : this.world.labels.of(text) };
    });
    question.tests = new FieldTests(tests);
    return question.tests;
  }
}
