/** Figures of what is outside AWS that are nobody's setting. */

export const HTTP_LIMITS = {
  /** RFC 9110, 15.6.4: Service Unavailable. */
  unavailable: 503,
  /**
   * Seconds of `rateLimit` that a service takes at once after a quiet time, assumption: the bucket of a token
   * bucket, as gateways and providers have.
   */
  burstSeconds: 1,
} as const;
