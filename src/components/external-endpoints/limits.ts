/** AWS's figures of what SNS delivers outside AWS, with their sources. */

export const ENDPOINT_LIMITS = {
  /**
   * E-mails a second in an account; AWS does not raise it. Source: AWS General Reference, "Amazon SNS endpoints and
   * quotas", 2026.
   */
  emailsPerSecond: 10,
  /** SMS messages a second in an account, of each type. Source: as above. */
  smsPerSecond: { Promotional: 20, Transactional: 20 },
  /** An SMS message is cut into parts of so many bytes. Source: SNS API Reference "Publish", 2026. */
  smsPartBytes: 140,
  /** Characters of one publish by SMS; each is taken to be a byte. Source: as above. */
  smsCharactersMax: 1_600,
  /** USD a month. Source: SNS Developer Guide "sms_preferences", 2026: the default spend threshold. */
  smsMonthlySpendUsd: 1,
} as const;
