/** AWS's numbers for S3. */

/** The largest object that one PutObject takes, bytes. Source: S3 User Guide, "Uploading objects", 2026 (5 GB). */
export const PUT_BYTES_MAX = 5 * 1024 * 1024 * 1024;
