/**
 * Kinds of facts as the fingerprint sees them, times 65,536 to leave room for a resource number. In the
 * order of the interface.
 */
export const KIND_BORN = 0x1_0000;
export const KIND_ANSWERED = 0x2_0000;
export const KIND_GAVE_UP = 0x3_0000;
export const KIND_ATTEMPTED = 0x4_0000;
export const KIND_REQUEST = 0x5_0000;
export const KIND_THROTTLED = 0x7_0000;
export const KIND_STORED = 0x8_0000;
export const KIND_VISIBLE = 0x9_0000;
export const KIND_TAKEN = 0xa_0000;
export const KIND_RETURNED = 0xb_0000;
export const KIND_DELETED = 0xc_0000;
export const KIND_EXPIRED = 0xd_0000;
export const KIND_PURGED = 0xe_0000;
export const KIND_DEAD_LETTERED = 0xf_0000;
export const KIND_POLL_OPENED = 0x10_0000;
export const KIND_POLL_CLOSED = 0x11_0000;
export const KIND_LOOP_FREE = 0x12_0000;
export const KIND_LOOP_TAKEN = 0x13_0000;
export const KIND_ARRIVED = 0x14_0000;
export const KIND_RUN_BEGAN = 0x15_0000;
export const KIND_RUN_ENDED = 0x16_0000;
export const KIND_OWED = 0x17_0000;
export const KIND_SETTLED = 0x18_0000;
export const KIND_INSTANCE = 0x19_0000;
export const KIND_DESIRED = 0x1a_0000;
export const KIND_ALARM = 0x1b_0000;
export const KIND_FAULT = 0x1c_0000;
