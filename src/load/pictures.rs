//! Whether a file that is named like a picture is one, and is whole.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use imagesize::{ImageError, ImageType};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::source::PictureFault;

/// How many bytes at the end of a file are looked at: some programs write their notes after a picture.
const END: u64 = 64 << 10;

/// How many bytes tell what a picture is.
const HEADER: u64 = 32;

/// What is wrong with the picture at a path; none for a right one, or one of a kind that is not
/// looked into.
pub(super) fn fault(path: &str, from: &Path) -> Option<PictureFault> {
    let ending = path.rsplit_once('.')?.1.to_lowercase();
    let named = match ending.as_str() {
        "png" => "PNG",
        "jpg" | "jpeg" => "JPEG",
        "gif" => "GIF",
        "webp" => "WebP",
        "svg" => return fault_of_svg(from),
        _ => return None,
    };
    let mut file = std::fs::File::open(from).ok()?;
    let length = file.metadata().ok()?.len();
    let mut header = Vec::new();
    file.by_ref().take(HEADER).read_to_end(&mut header).ok()?;
    let found = match imagesize::image_type(&header) {
        Ok(ImageType::Png) => "PNG",
        Ok(ImageType::Jpeg) => "JPEG",
        Ok(ImageType::Gif) => "GIF",
        Ok(ImageType::Webp) => "WebP",
        Ok(ImageType::Tiff) => "TIFF",
        Ok(ImageType::Bmp) => "BMP",
        Ok(ImageType::Heif(_)) => "HEIC or AVIF",
        Ok(_) => "another format",
        Err(ImageError::IoError(_)) => return Some(PictureFault::Cut),
        Err(_) => return Some(PictureFault::NoPicture),
    };
    if !["PNG", "JPEG", "GIF", "WebP"].contains(&found) {
        return Some(PictureFault::Other { found, is_shown: false });
    }
    file.seek(SeekFrom::Start(length.saturating_sub(END))).ok()?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).ok()?;
    if !is_whole(found, &header, &end, length) {
        return Some(PictureFault::Cut);
    }
    #[cfg(feature = "pdf")]
    if length <= DECODED && !crate::pdf::can_be_decoded(std::fs::read(from).ok()?) {
        return Some(PictureFault::Damaged);
    }
    (found != named).then_some(PictureFault::Other { found, is_shown: true })
}

/// What is wrong with a drawing: its root is not that of one, or it has no size.
fn fault_of_svg(from: &Path) -> Option<PictureFault> {
    let text = std::fs::read_to_string(from).ok()?;
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(root) | Event::Empty(root)) => {
                let is_drawing = root.local_name().as_ref() == "svg" && text.contains(NAMESPACE);
                let is_flat = root.attributes().flatten().any(|attribute| {
                    matches!(attribute.key.as_ref(), "width" | "height")
                        && matches!(attribute.value.as_ref(), "0" | "0px")
                });
                return (!is_drawing || is_flat).then_some(PictureFault::NoPicture);
            }
            Ok(Event::Eof) => return Some(PictureFault::NoPicture),
            // What is not XML is reported as a file that might run something.
            Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The namespace of SVG (<https://www.w3.org/TR/SVG2/struct.html#Namespace>).
const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// The largest picture that is decoded, in bytes: a photograph of a camera is larger, and takes a
/// tenth of a second.
#[cfg(feature = "pdf")]
const DECODED: u64 = 4 << 20;

/// Whether a picture ends as its format does: with a chunk `IEND` (PNG, 5.3), an EOI marker (JPEG,
/// T.81 B.1.1.3), a trailer (GIF89a, 27), or where its header says (RIFF).
fn is_whole(format: &str, header: &[u8], end: &[u8], length: u64) -> bool {
    match format {
        "PNG" => memchr::memmem::rfind(end, b"IEND\xaeB`\x82").is_some(),
        "JPEG" => memchr::memmem::rfind(end, b"\xff\xd9").is_some(),
        "GIF" => end.iter().rfind(|byte| **byte != 0) == Some(&b';'),
        _ => {
            let size = header.get(4..8).and_then(|size| size.try_into().ok());
            size.is_some_and(|size| u64::from(u32::from_le_bytes(size)) + 8 <= length)
        }
    }
}
