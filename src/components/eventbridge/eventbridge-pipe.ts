/** eventbridge.pipe: see docs/components/eventbridge.pipe.md. */

import { SECOND } from '../../kernel/time.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import { programOf } from '../program/from-settings.js';
import type { World } from '../world.js';
import { pipeExecutions, PIPES_LIMITS } from './limits.js';
import { PIPE_PAGE } from './page.js';
import { checkPipe } from './pipe-checks.js';
import { pipeProgram } from './pipe-program.js';
import { patternOf, pipeShape } from './pipe-settings.js';
import type { PipeOptions } from './pipe.js';
import { Pipe } from './pipe.js';
import { PIPE_PRICES } from './prices.js';

export const eventbridgePipe: ComponentType<typeof pipeShape> = {
  type: 'eventbridge.pipe',
  summary:
    'A pipe of Amazon EventBridge: it takes messages from a queue, filters, has them enriched, and sends them on.',
  page: PIPE_PAGE,
  shape: pipeShape,
  roles: [],
  operations: [],
  levels: [],
  metrics: {},
  prices: PIPE_PRICES,
  checks: checkPipe,
  asProgram: pipeProgram,
  build: (world, id, spec) => new Pipe(world, id, optionsOf(world, id, spec)),
};

function optionsOf(world: World, id: number, spec: ResourceSpec<typeof pipeShape>): PipeOptions {
  const { name, region, settings, assume, programs } = spec;
  const [source] = Object.values(settings.consumes);
  const pollersMax = Math.min(PIPES_LIMITS.executionsMax, pipeExecutions(region));
  return {
    name,
    program: programOf(world, id, programs),
    filter: patternOf(source) ?? null,
    pollers: Math.min(assume.pollers, pollersMax),
    pollersMax,
    growthEvery: Math.max(1, Math.round(SECOND / assume.pollerGrowth)),
  };
}
