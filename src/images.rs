//! `GET /cdn/…`: Discord's icons, avatars and emojis through our own host, so that pages ask no other.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{Data, Path};

use crate::discord::Discord;
use crate::discord::cdn::{CdnImage, ImageTrouble};
use crate::error::{AppError, Trouble};

pub async fn image(path: Path<String>, discord: Data<Discord>) -> Result<HttpResponse, AppError> {
    let image = CdnImage::parse(&path).ok_or(Trouble::NotFound)?;
    match discord.image(image).await {
        // The address names the picture's hash: it never shows another one.
        Ok(image) => Ok(HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, image.content_type))
            .insert_header((CACHE_CONTROL, "public, max-age=86400"))
            .body(image.bytes)),
        Err(ImageTrouble::NotThere) => Err(Trouble::NotFound.into()),
        Err(ImageTrouble::Unavailable(cause)) => Err(AppError::new(Trouble::Discord { wait: None }, cause)),
    }
}
