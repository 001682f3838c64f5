/**
 * What a guard takes from the month for looking at usage and managing keys: nothing, so that a key that leaked, and used
 * the month up, can still be ended. The rate limit holds for these calls as for all others.
 */
export const FREE = { cost: 0 } as const
