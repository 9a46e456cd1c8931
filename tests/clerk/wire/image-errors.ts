import { ClerkError } from "./errors.ts";

export const imageMissing = () =>
  new ClerkError(
    400,
    "form_param_missing",
    "Image file missing",
    undefined,
    "There was no image file present in the request",
  );

export const imageUndecodable = () =>
  new ClerkError(
    400,
    "request_body_invalid",
    "Image decode error",
    undefined,
    "The image could not be decoded. Please ensure the image is valid and try again.",
  );

export const imageNotFound = () => new ClerkError(404, "image_not_found", "Image not found");
