/** EventBridge: event buses with rules, and schedules. The one entry to this folder. */

export { eventbridgeBus } from './eventbridge-bus.js';
export { eventbridgeSchedule } from './eventbridge-schedule.js';
