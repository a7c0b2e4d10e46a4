/**
 * The query in the address of a page that was opened again after its process had gone. It is said there and not by an
 * event, because at its start the page does not listen yet.
 */
export const reopenedQuery = '?reopened';
