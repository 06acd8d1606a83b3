/** external.sms: see docs/components/external.sms.md. */

import type { ComponentType, ResourceSpec } from '../component.js';
import type { Endpoint, EndpointSource } from '../endpoints.js';
import { quotaKey } from '../settings.js';
import type { World } from '../world.js';
import { buildEndpoint, ENDPOINT_TYPE, endpointFor } from './endpoint-type.js';
import { ENDPOINT_LIMITS } from './limits.js';
import { SMS_MONTHLY_SPEND } from './quotas.js';
import type { Refuses } from './service.js';
import type { SmsType } from './settings.js';
import { SMS_PAGE, smsShape } from './settings.js';
import { picoUsd, SmsSpending } from './spending.js';

export const externalSms: ComponentType<typeof smsShape> = {
  type: 'external.sms',
  summary: 'Telephones that a topic sends SMS messages to.',
  page: SMS_PAGE,
  shape: smsShape,
  ...ENDPOINT_TYPE,
  quotas: [SMS_MONTHLY_SPEND],
  endpoint: endpointOf,
  happenings: () => [
    'SMS messages stop when the account has spent its quota on them (quotas.sns.smsMonthlySpendUsd, ' +
      `${ENDPOINT_LIMITS.smsMonthlySpendUsd} USD unless said)`,
  ],
  build: (world, id, spec) =>
    buildEndpoint(world, id, spec, endpointOf(spec), refusesOf(world, spec)),
};

function endpointOf(source: EndpointSource): Endpoint {
  const { name, settings, assume } = source;
  const smsType = settings['smsType'] as SmsType;
  return {
    ...endpointFor(source),
    protocol: 'sms',
    rate: { name: `sms ${smsType}`, perSecond: ENDPOINT_LIMITS.smsPerSecond[smsType] },
    price: {
      usd: assume['partPrice'] as string,
      partBytes: ENDPOINT_LIMITS.smsPartBytes,
      unit: 'message parts',
      source: `resources.${name}.assume.partPrice`,
    },
  };
}

/** Too long for one publish, or the account has spent what it may. */
function refusesOf(
  world: World,
  { settings, assume, quotas }: ResourceSpec<typeof smsShape>,
): Refuses {
  const spending = world.shared(SmsSpending);
  const usd = quotas[quotaKey(SMS_MONTHLY_SPEND)] ?? ENDPOINT_LIMITS.smsMonthlySpendUsd;
  const most = picoUsd(String(usd));
  const partPrice = picoUsd(assume.partPrice) * BigInt(settings.subscribers);
  return (message, pusher) => {
    const bytes = world.messages.messages.size[message];
    if (bytes > ENDPOINT_LIMITS.smsCharactersMax) return true;
    const parts = Math.max(1, Math.ceil(bytes / ENDPOINT_LIMITS.smsPartBytes));
    const account = world.accounts[pusher] ?? '';
    return !spending.spends(account, BigInt(parts) * partPrice, most);
  };
}
