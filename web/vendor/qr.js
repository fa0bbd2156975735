// Reads QR codes out of a camera's picture, for browsers that do not. It comes when it is wanted.
export { default as decodeQR } from "qr/decode.js";
