//! Discord's API errors: status, code, message, and for forms the tree of `errors`.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde_json::{Value, json};

use super::form::FormErrors;
use crate::id::Id;

/// An error as Discord answers it.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: u32,
    message: String,
    errors: Option<Value>,
}

impl ApiError {
    /// Any status, code and message.
    pub fn new(status: u16, code: u32, message: &str) -> ApiError {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        ApiError { status, code, message: message.to_owned(), errors: None }
    }

    /// No token, or not a good one.
    pub fn unauthorized() -> ApiError {
        ApiError::new(401, 0, "401: Unauthorized")
    }

    /// Not in the guild, or the channel cannot be seen.
    pub fn missing_access() -> ApiError {
        ApiError::new(403, 50001, "Missing Access")
    }

    /// A bit is missing, or a role stands too low.
    pub fn missing_permissions() -> ApiError {
        ApiError::new(403, 50013, "Missing Permissions")
    }

    /// 404, `Unknown …`.
    pub fn unknown(code: u32, what: &str) -> ApiError {
        ApiError::new(404, code, &format!("Unknown {what}"))
    }

    /// The body cannot be read as JSON.
    pub fn bad_json() -> ApiError {
        ApiError::new(400, 50109, "The request body contains invalid JSON.")
    }

    /// Fields that break a rule.
    pub fn form(errors: FormErrors) -> ApiError {
        ApiError { errors: Some(errors.tree()), ..ApiError::new(400, 50035, "Invalid Form Body") }
    }

    /// The answer.
    pub fn response(&self) -> HttpResponse {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        HttpResponse::build(self.status).json(body)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.message)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        self.response()
    }
}

/// An id out of a path or a query.
pub fn id(name: &str, text: &str) -> Result<Id, ApiError> {
    text.parse().map_err(|_| {
        let mut errors = FormErrors::default();
        errors.add(name, "NUMBER_TYPE_COERCE", &format!("Value \"{text}\" is not snowflake."));
        ApiError::form(errors)
    })
}
