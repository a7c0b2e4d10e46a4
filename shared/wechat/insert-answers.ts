/**
 * How the answers to insert are taken (API section 9 and the full list of the 720xx codes). All of them are answers:
 * WeChat got the request and says what it did not do.
 */

/** To a repeat these say that the first request landed: one order is one card, one number is one card. */
export const landedErrcodes: readonly number[] = [72018, 72042, 72056];

/** WeChat did nothing yet and says itself: try again later. (-1 says so too, but not that nothing was done.) */
export const putOffErrcodes: readonly number[] = [45011, 72036, 72054];

/** No more today; the count begins anew at midnight in Beijing. */
export const dayLimitErrcodes: readonly number[] = [45009, 72057];
