//! Whether a file that is named like a picture is one, and is whole. Its pixels are not read.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use imagesize::{ImageError, ImageType};

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
    (found != named).then_some(PictureFault::Other { found, is_shown: true })
}

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
