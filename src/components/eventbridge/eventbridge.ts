/** EventBridge: event buses with rules, pipes, and schedules. The one entry to this folder. */

export { eventbridgeBus } from './eventbridge-bus.js';
export { eventbridgePipe } from './eventbridge-pipe.js';
export { eventbridgeSchedule } from './eventbridge-schedule.js';
