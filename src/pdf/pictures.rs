//! Whether Typst can show a picture: it decodes all of one, so a damaged picture would stop a PDF.

use typst::comemo;
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage};

/// Whether the bytes of a picture can be decoded. Its kind is told from its first bytes; what is of
/// none of the kinds that PDFs show is not looked into.
pub fn can_be_decoded(bytes: Vec<u8>) -> bool {
    let format = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => ExchangeFormat::Png,
        [0xff, 0xd8, ..] => ExchangeFormat::Jpg,
        [b'G', b'I', b'F', ..] => ExchangeFormat::Gif,
        [b'R', b'I', b'F', b'F', ..] => ExchangeFormat::Webp,
        _ => return true,
    };
    let is_whole = RasterImage::plain(Bytes::new(bytes), format).is_ok();
    // Typst remembers every picture that it has decoded.
    comemo::evict(0);
    is_whole
}
