/** What SNS delivers to outside AWS, but for webhooks (external-http/): the one file that the registry reads. */

export { externalEmail } from './email.js';
export { externalPush } from './push.js';
export { externalSms } from './sms.js';
