//! `#[derive(FromRow)]`: a struct whose fields are columns of the same name.

use proc_macro::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Error, Fields, parse_macro_input};

/// Reads the struct from a row: each field from the column of its name.
#[proc_macro_derive(FromRow)]
pub fn from_row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    written(&input).unwrap_or_else(Error::into_compile_error).into()
}

fn written(input: &DeriveInput) -> Result<proc_macro2::TokenStream, Error> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(input, "a row is a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(input, "a row's fields have the names of columns"));
    };
    let name = &input.ident;
    let fields: Vec<_> = fields.named.iter().filter_map(|field| field.ident.as_ref()).collect();
    let columns = fields.iter().map(|field| field.unraw().to_string());
    Ok(quote! {
        impl ::pronto_db::FromRow for #name {
            const COLUMNS: ::pronto_db::Columns = ::pronto_db::Columns::Named(&[#(#columns),*]);

            fn from_row(cells: &mut ::pronto_db::Cells<'_>) -> ::pronto_db::Result<Self> {
                ::core::result::Result::Ok(Self { #(#fields: cells.next()?),* })
            }
        }
    })
}
