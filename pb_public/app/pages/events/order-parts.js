// @ts-check
// The states of an order, and how they look.

export const orderStates = ["cart", "awaiting_approval", "awaiting_payment", "processing", "confirmed", "needs_attention", "cancelling", "cancelled", "expired", "abandoned"];

/** @param {string} state @returns {import("../../components/parts.js").Tone} */
export const tone = (state) => (/** @type {Record<string, import("../../components/parts.js").Tone>} */ ({ awaiting_approval: "warn", awaiting_payment: "info", processing: "info", confirmed: "ok", needs_attention: "bad" })[state] ?? "idle");
