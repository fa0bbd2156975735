// Reads QR codes out of a camera's picture, and draws them: for browsers that do not. It comes when it is wanted.
export { default as decodeQR } from "qr/decode.js";
export { default as encodeQR } from "qr";
