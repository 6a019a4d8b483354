// Reads the QR code in a picture, with what the browser has or else with jsQR.

// sizes are tried one after another: a photo may be sharp enough only when it is made smaller.
const sizes = [1600, 1000, 2400, 640]

async function withBrowser(picture) {
  if (!("BarcodeDetector" in window)) return ""
  try {
    const found = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(picture)
    return found.length > 0 ? found[0].rawValue : ""
  } catch (err) {
    return "" // some systems have it in name only
  }
}

async function withLibrary(picture) {
  await import("/vendor/jsqr.js")
  const canvas = document.createElement("canvas")
  const pen = canvas.getContext("2d", { willReadFrequently: true })
  for (const size of sizes) {
    const scale = Math.min(1, size / Math.max(picture.width, picture.height))
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const found = window.jsQR(pen.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height)
    if (found && found.data) return found.data
  }
  return ""
}

// readPhoto answers the text of the QR code in a file, or nothing. The picture stays on the device.
export async function readPhoto(file) {
  const picture = await createImageBitmap(file)
  return (await withBrowser(picture)) || withLibrary(picture)
}
