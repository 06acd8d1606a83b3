/** Names: a type, pages that refusals point at, and AWS's names of errors. */

export const BUS_TYPE = 'eventbridge.bus';
export const BUS_PAGE = 'docs/components/eventbridge.bus.md';
export const SCHEDULE_PAGE = 'docs/components/eventbridge.schedule.md';
export const PIPE_PAGE = 'docs/components/eventbridge.pipe.md';

export const API = 'botocore events service-2.json, 2026';
export const SCHEDULER_API = 'botocore scheduler service-2.json, 2026';

export const PIPES_API = 'botocore pipes service-2.json, 2026';

export const INVALID = 'ValidationException';
