/** The page of the type. */
export const PAGE = 'docs/components/firehose.deliveryStream.md';
