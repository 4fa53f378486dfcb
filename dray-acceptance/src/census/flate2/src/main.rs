//! Compresses its standard input at the level named, with the backend that it was built with.
use std::io;

fn main() -> io::Result<()> {
    let level: u32 = std::env::args().nth(1).expect("a level").parse().expect("a level");
    let mut encoder = flate2::write::GzEncoder::new(io::stdout().lock(), flate2::Compression::new(level));
    io::copy(&mut io::stdin().lock(), &mut encoder)?;
    encoder.finish()?;
    Ok(())
}
