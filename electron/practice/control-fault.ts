/** A control request that cannot be done; told to the caller as HTTP 400. */
export class ControlFault extends Error {}
