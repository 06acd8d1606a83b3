/** The page of the type. */
export const PAGE = 'docs/components/s3.bucket.md';
