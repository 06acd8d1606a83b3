/** Random stories as fast-check's commands: a failing one shrinks to few steps, printed one a line. */

import fc from 'fast-check';
import type { Draw } from './draws.js';
import { DRAWS } from './draws.js';
import type { Scene } from './scene.js';
import type { Step } from './step.js';

interface Nothing {
  readonly nothing?: never;
}

class Play implements fc.Command<Scene, Nothing> {
  constructor(
    private readonly op: Step['op'],
    private readonly draw: Draw,
  ) {}

  check(): boolean {
    return true;
  }

  run(scene: Scene): void {
    const step = this.draw(scene);
    if (step !== null) scene.play(step);
  }

  /** What it came to is printed by the scene, with the steps before it. */
  toString(): string {
    return this.op;
  }
}

export type Story = Iterable<fc.Command<Scene, Nothing>>;

export const stories = (steps: number): fc.Arbitrary<Story> => {
  const kinds = Object.entries(DRAWS).flatMap(([op, [weight, draw]]) =>
    Array.from({ length: weight }, () => draw.map((one) => new Play(op as Step['op'], one))),
  );
  return fc.commands(kinds, { maxCommands: steps, size: 'max' });
};

export function play(scene: Scene, story: Story): void {
  fc.modelRun(() => ({ model: scene, real: {} }), story);
}
