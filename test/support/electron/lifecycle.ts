/** Where the app stands; in its own file because nearly everything asks. */
export const lifecycle = { ready: false, quitting: false, exiting: false };
