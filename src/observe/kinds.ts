/**
 * Kinds of facts as the fingerprint sees them, times 65,536 to leave room for a resource number.
 */
export const BORN = 0x1_0000;
export const ANSWERED = 0x2_0000;
export const GAVE_UP = 0x3_0000;
export const RETRIED = 0x4_0000;
export const REQUEST = 0x5_0000;
export const THROTTLED = 0x7_0000;
export const STORED = 0x8_0000;
export const VISIBLE = 0x9_0000;
export const TAKEN = 0xa_0000;
export const RETURNED = 0xb_0000;
export const DELETED = 0xc_0000;
export const EXPIRED = 0xd_0000;
export const PURGED = 0xe_0000;
export const DEAD_LETTERED = 0xf_0000;
export const POLL_OPENED = 0x10_0000;
export const POLL_CLOSED = 0x11_0000;
export const LOOP_FREE = 0x12_0000;
export const LOOP_TAKEN = 0x13_0000;
export const ARRIVED = 0x14_0000;
export const RUN_BEGAN = 0x15_0000;
export const RUN_ENDED = 0x16_0000;
export const OWED = 0x17_0000;
export const SETTLED = 0x18_0000;
export const INSTANCE = 0x19_0000;
export const DESIRED = 0x1a_0000;
export const ALARM = 0x1b_0000;
export const FAULT = 0x1c_0000;
export const DEDUPLICATED = 0x1d_0000;
export const OF_GROUP = 0x1e_0000;
export const HIDDEN = 0x1f_0000;
export const REDRIVEN = 0x20_0000;
export const KEY_CALLED = 0x21_0000;
export const DELAYED = 0x22_0000;
export const CONNECTIONS = 0x23_0000;
export const CONNECTION_REFUSED = 0x24_0000;
