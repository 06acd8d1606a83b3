/** How pushes are tried again, in words, for readers of `explain`. */

export const ENDPOINT_WORDS = "as SNS documents for the subscriber's protocol";
